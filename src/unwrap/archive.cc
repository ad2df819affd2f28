// Takes an archive, gives its entries, one level deep, and the bytes of those small enough. Entry: open_archive. The
// only file that knows libarchive. Formats: zip, rar, 7z, tar, cab, lha, iso, and a single file packed by gzip, bzip2,
// xz or zstd. Nothing is decrypted: what is encrypted is named.
#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "unwrap/raster.h"

namespace sekisho::unwrap {
namespace {

struct Free {
  void operator()(struct archive* a) const { archive_read_free(a); }
};

// The entry's bytes, at most `most` of them; nothing is kept of a longer one.
void read_content(struct archive* a, size_t most, Entry& entry, Job& job) {
  const void* block = nullptr;
  size_t size = 0;
  la_int64_t offset = 0;
  std::string bytes;
  for (;;) {
    const int status = archive_read_data_block(a, &block, &size, &offset);
    if (status == ARCHIVE_EOF) break;
    if (status == ARCHIVE_RETRY) continue;
    if (status < ARCHIVE_WARN) {
      if (job.out.outcome == Outcome::read && !entry.encrypted) job.out.outcome = Outcome::damaged;
      return;
    }
    // A sparse entry says that its next bytes lie far away.
    if (offset < 0 || static_cast<uint64_t>(offset) > most || size > most - static_cast<size_t>(offset)) {
      job.out.note("content_bytes");
      return;
    }
    job.out.unpacked += size;
    bytes.resize(static_cast<size_t>(offset));
    bytes.append(static_cast<const char*>(block), size);
    if (job.over()) return;
  }
  entry.kept = true;
  if (entry.size == 0) entry.size = bytes.size();
  entry.content = std::move(bytes);
}

}  // namespace

void open_archive(std::string_view bytes, Job& job) {
  const std::unique_ptr<struct archive, Free> a(archive_read_new());
  if (!a) throw std::bad_alloc();
  // One by one: "all" would also bring the formats that call other programs.
  archive_read_support_filter_gzip(a.get());
  archive_read_support_filter_bzip2(a.get());
  archive_read_support_filter_xz(a.get());
  archive_read_support_filter_lzma(a.get());
  archive_read_support_filter_zstd(a.get());
  archive_read_support_filter_compress(a.get());
  archive_read_support_format_zip_seekable(a.get());
  archive_read_support_format_zip_streamable(a.get());
  archive_read_support_format_rar(a.get());
  archive_read_support_format_rar5(a.get());
  archive_read_support_format_7zip(a.get());
  archive_read_support_format_tar(a.get());
  archive_read_support_format_cab(a.get());
  archive_read_support_format_lha(a.get());
  archive_read_support_format_iso9660(a.get());
  archive_read_support_format_raw(a.get());
  Findings& out = job.out;
  if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    out.outcome = Outcome::damaged;
    return;
  }
  size_t contents = 0, contents_bytes = 0;
  for (;;) {
    if (job.over()) return;
    struct archive_entry* e = nullptr;
    const int status = archive_read_next_header(a.get(), &e);
    if (archive_read_has_encrypted_entries(a.get()) > 0) out.encrypted = true;
    if (status == ARCHIVE_EOF) return;
    if (status == ARCHIVE_RETRY) continue;
    if (status < ARCHIVE_WARN) {  // an encrypted list of entries ends here too
      if (!out.encrypted) out.outcome = Outcome::damaged;
      return;
    }
    // The raw reader takes anything: bytes that nothing unpacks are no archive.
    if (archive_format(a.get()) == ARCHIVE_FORMAT_RAW && archive_filter_count(a.get()) < 2) {
      out.outcome = Outcome::unknown;
      return;
    }
    if (archive_filter_bytes(a.get(), 0) > static_cast<la_int64_t>(job.bounds.archive_bytes)) {
      out.note("archive_bytes");
      return;
    }
    if (archive_entry_filetype(e) == AE_IFDIR) continue;
    if (out.entries.size() >= job.bounds.entries) {
      out.note("entries");
      return;
    }
    Entry entry;
    const char* name = archive_entry_pathname(e);
    if (name == nullptr) name = archive_entry_pathname_utf8(e);
    if (name != nullptr) entry.name = std::string_view(name).substr(0, job.bounds.text_bytes);
    if (archive_entry_size_is_set(e) != 0)
      entry.size = static_cast<uint64_t>(std::max<la_int64_t>(0, archive_entry_size(e)));
    entry.encrypted = archive_entry_is_encrypted(e) != 0;
    out.encrypted |= entry.encrypted;
    if (archive_entry_filetype(e) == AE_IFREG && !entry.encrypted) {
      const size_t room = job.bounds.contents_bytes - contents_bytes;
      const size_t most = std::min<size_t>(job.bounds.content_bytes, room);
      if (contents >= job.bounds.contents) out.note("contents");
      else if (entry.size > most) out.note("content_bytes");
      else {
        read_content(a.get(), most, entry, job);
        ++contents, contents_bytes += entry.content.size();
      }
    }
    out.entries.push_back(std::move(entry));
  }
}

}  // namespace sekisho::unwrap
