// Takes the bytes of a file, gives the type they show. Entry: sniff. Refuses nothing; looks at the first kilobytes
// only.
#include "mail/sniff.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::mail {
namespace {

struct Mark {
  std::string_view magic, type;
};
using namespace std::string_view_literals;
constexpr Mark kMarks[] = {
    {"%PDF-"sv, "application/pdf"},
    {"\x89PNG\r\n\x1a\n"sv, "image/png"},
    {"\xff\xd8\xff"sv, "image/jpeg"},
    {"GIF87a"sv, "image/gif"},
    {"GIF89a"sv, "image/gif"},
    {"BM"sv, "image/bmp"},
    {"II*\0"sv, "image/tiff"},
    {"MM\0*"sv, "image/tiff"},
    {"\0\0\1\0"sv, "image/x-icon"},
    {"Rar!\x1a\x07"sv, "application/vnd.rar"},
    {"7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {"\x1f\x8b"sv, "application/gzip"},
    {"BZh"sv, "application/x-bzip2"},
    {"\xfd"
     "7zXZ\0"sv,
     "application/x-xz"},
    {"\x28\xb5\x2f\xfd"sv, "application/zstd"},
    {"MSCF"sv, "application/vnd.ms-cab-compressed"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"},
    {"MZ"sv, "application/vnd.microsoft.portable-executable"},
    {"\x7f"
     "ELF"sv,
     "application/x-elf"},
    {"\x4c\0\0\0\x01\x14\x02\0"sv, "application/x-ms-shortcut"},
    {"ITSF"sv, "application/vnd.ms-htmlhelp"},
    {"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d"sv, "application/onenote"},
    {"\x78\x9f\x3e\x22"sv, "application/ms-tnef"},
    {"{\\rtf"sv, "application/rtf"},
    {"conectix"sv, "application/x-vhd"},
    {"vhdxfile"sv, "application/x-vhdx"},
    {"-----BEGIN PGP "sv, "application/pgp"},
    {"BEGIN:VCALENDAR"sv, "text/calendar"},
    {"BEGIN:VCARD"sv, "text/vcard"},
    {"#!"sv, "text/x-shellscript"},
    {"OggS"sv, "application/ogg"},
    {"ID3"sv, "audio/mpeg"},
};

uint32_t le(std::string_view s, size_t at, int bytes) {
  uint32_t out = 0;
  for (int i = bytes; i-- > 0;) out = out << 8 | static_cast<unsigned char>(s[at + static_cast<size_t>(i)]);
  return out;
}

// Calls visit(flags, name) for the local entries of a ZIP that can be walked without the directory.
template <class Visit>
void walk_zip(std::string_view s, Visit visit) {
  size_t at = 0;
  for (int n = 0; n < 64 && at + 30 <= s.size() && s.substr(at, 4) == "PK\3\4"sv; ++n) {
    const uint32_t flags = le(s, at + 6, 2), packed = le(s, at + 18, 4), name = le(s, at + 26, 2),
                   extra = le(s, at + 28, 2);
    if (at + 30 + name > s.size()) return;
    visit(flags, s.substr(at + 30, name));
    const size_t data = at + 30 + name + extra;
    if ((flags & 8) != 0 && packed == 0) {  // sizes follow the data: look for the next entry
      at = s.find("PK\3\4"sv, data);
      if (at == std::string_view::npos) return;
    } else {
      at = data + packed;
    }
  }
}

std::string_view sniff_zip(std::string_view s) {
  std::string_view type = "application/zip";
  walk_zip(s.substr(0, 256 << 10), [&](uint32_t, std::string_view name) {
    if (type != "application/zip") return;
    if (name.starts_with("word/")) type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    if (name.starts_with("xl/")) type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (name.starts_with("ppt/")) type = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    if (name == "META-INF/MANIFEST.MF") type = "application/java-archive";
    if (name == "AndroidManifest.xml") type = "application/vnd.android.package-archive";
  });
  return type;
}

bool tag_at(std::string_view s, std::string_view tag) {
  return istarts_with(s, tag) &&
         (s.size() == tag.size() || is_space(s[tag.size()]) || s[tag.size()] == '>' || s[tag.size()] == '/');
}

std::string_view sniff_markup(std::string_view s) {
  s = s.substr(0, 4096);
  std::string narrow;
  if (s.starts_with("\xff\xfe"sv) || s.starts_with("\xfe\xff"sv)) {  // UTF-16: the ASCII half is enough to see a tag
    for (size_t i = s[0] == '\xff' ? 2 : 3; i < s.size(); i += 2) narrow += s[i];
    s = narrow;
  } else if (s.starts_with("\xef\xbb\xbf")) {
    s.remove_prefix(3);
  }
  bool xml = false;
  for (int n = 0; n < 16; ++n) {
    s = trim(s);
    if (s.starts_with("<!--")) {
      const size_t end = s.find("-->", 4);
      if (end == std::string_view::npos) return "text/html";
      s.remove_prefix(end + 3);
    } else if (s.starts_with("<?xml")) {
      xml = true;
      const size_t end = s.find('>');
      if (end == std::string_view::npos) return "text/xml";
      s.remove_prefix(end + 1);
    } else if (istarts_with(s, "<!doctype svg")) {
      return "image/svg+xml";
    } else {
      break;
    }
  }
  if (tag_at(s, "<svg")) return "image/svg+xml";
  for (std::string_view tag :
       {"<!doctype html"sv, "<html"sv,   "<head"sv,  "<script"sv, "<iframe"sv, "<h1"sv,    "<div"sv,    "<font"sv,
        "<table"sv,         "<a"sv,      "<style"sv, "<title"sv,  "<b"sv,      "<body"sv,  "<br"sv,     "<p"sv,
        "<meta"sv,          "<center"sv, "<form"sv,  "<span"sv,   "<img"sv,    "<input"sv, "<object"sv, "<embed"sv,
        "<base"sv,          "<link"sv})
    if (tag_at(s, tag)) return "text/html";
  return xml ? "text/xml"sv : ""sv;
}

// Begins like the header block of a mail: two fields, one of them a known one.
bool looks_like_mail(std::string_view s) {
  s = s.substr(0, 2048);
  if (s.starts_with("From "))
    s.remove_prefix(std::min(s.size(), s.find('\n') == std::string_view::npos ? s.size() : s.find('\n') + 1));
  for (std::string_view name :
       {"Received:"sv, "Return-Path:"sv, "Delivered-To:"sv, "From:"sv, "MIME-Version:"sv, "Message-ID:"sv, "Date:"sv,
        "X-"sv, "Subject:"sv, "To:"sv, "DKIM-Signature:"sv, "ARC-"sv, "Authentication-Results:"sv})
    if (istarts_with(s, name))
      return ifind(s, "\nfrom:") != std::string_view::npos || ifind(s, "\nsubject:") != std::string_view::npos ||
             ifind(s, "\nto:") != std::string_view::npos;
  return false;
}

}  // namespace

std::string_view sniff(std::string_view bytes) {
  if (bytes.empty()) return {};
  if (bytes.starts_with("PK\3\4"sv)) return sniff_zip(bytes);
  if (bytes.starts_with("PK\5\6"sv)) return "application/zip";
  for (const Mark& mark : kMarks)
    if (bytes.starts_with(mark.magic)) {
      if (mark.magic.size() == 2 && bytes.size() < 26 && mark.magic[0] != '#')
        continue;  // too short for what two letters promise
      return mark.type;
    }
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
  if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp")
    return bytes.substr(8, 4) == "avif" ? "image/avif" : bytes.substr(8, 3) == "hei" ? "image/heic" : "video/mp4";
  if (bytes.size() > 0x8006 && bytes.substr(0x8001, 5) == "CD001") return "application/x-iso9660-image";
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos)
    return "application/pdf";  // readers accept leading bytes
  if (const std::string_view markup = sniff_markup(bytes); !markup.empty()) return markup;
  if (looks_like_mail(bytes)) return "message/rfc822";
  return {};
}

bool zip_behind(std::string_view s) {
  constexpr size_t kEnd = 22;
  if (s.size() <= kEnd || s.starts_with("PK\3\4"sv) || s.starts_with("PK\5\6"sv)) return false;
  const size_t tail = s.size() > kEnd + 0xFFFF ? s.size() - kEnd - 0xFFFF : 0;
  const auto number = [&](size_t at, size_t n) {
    uint64_t out = 0;
    for (size_t i = n; i-- > 0;) out = out << 8 | static_cast<unsigned char>(s[at + i]);
    return out;
  };
  for (size_t at = s.find("PK\5\6"sv, tail); at != std::string_view::npos; at = s.find("PK\5\6"sv, at + 1)) {
    if (at + kEnd > s.size()) return false;
    // Entries, and a directory of them right before.
    const uint64_t entries = number(at + 10, 2), directory = number(at + 12, 4);
    if (entries > 0 && directory >= entries * 46 && directory <= at && s.substr(at - directory).starts_with("PK\1\2"sv))
      return true;
  }
  return false;
}

bool zip_is_encrypted(std::string_view bytes) {
  bool encrypted = false;
  walk_zip(bytes, [&](uint32_t flags, std::string_view) { encrypted = encrypted || (flags & 1) != 0; });
  return encrypted;
}

}  // namespace sekisho::mail
