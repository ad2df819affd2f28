// Takes a path, gives its mails one by one. Entries: each_mail, read_mail, count_files. Refuses unreadable and
// oversized files and mails, each with its name, and goes on.
#include "scan/inputs.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "base/strings.h"

namespace sekisho::scan {
namespace {

namespace fs = std::filesystem;

constexpr size_t kChunk = 64 << 10;

Error io_error(std::string text) { return {"io.read", std::move(text), {}, {}, {}, {}}; }

Error too_large(const Limits& limits) {
  return {
      "mail.limit.bytes", "the mail is larger than " + std::to_string(limits.mail_bytes) + " bytes", {}, {}, {}, {}};
}

// Splits an mbox as it is read: never more than one mail in memory.
class MboxSplitter {
 public:
  MboxSplitter(const std::string& name, const Limits& limits, const MailSink& mail, const ErrorSink& error)
      : name_(name), limits_(limits), mail_(mail), error_(error) {}

  // One line with its end, or a piece of a line longer than a chunk (begins: the piece is the line's beginning).
  void line(std::string_view text, bool begins) {
    if (begins && after_blank_ && text.starts_with("From ")) {
      flush();
      open_ = true;
      after_blank_ = false;
      return;
    }
    if (begins) {
      const size_t quotes = text.find_first_not_of('>');
      if (quotes != 0 && quotes != std::string_view::npos && text.substr(quotes).starts_with("From "))
        text.remove_prefix(1);
    }
    after_blank_ = begins && (text == "\n" || text == "\r\n");
    if (current_.size() + text.size() > limits_.mail_bytes) over_ = true;
    if (over_) current_.clear();
    else current_ += text;
  }

  void flush() {
    if (!open_) return;
    const std::string here = name_ + "#" + std::to_string(++number_);
    // The blank line before the next "From " belongs to the mbox.
    if (current_.ends_with("\r\n\r\n")) current_.resize(current_.size() - 2);
    else if (current_.ends_with("\n\n")) current_.pop_back();
    if (over_) error_(here, too_large(limits_));
    else mail_(here, std::move(current_));
    current_.clear();
    over_ = false;
  }

 private:
  const std::string& name_;
  const Limits& limits_;
  const MailSink& mail_;
  const ErrorSink& error_;
  std::string current_;
  size_t number_ = 0;
  bool open_ = false, after_blank_ = true, over_ = false;
};

// std::cin stands on stdio and keeps its errors there.
bool broken(const std::istream& in) { return in.bad() || (&in == &std::cin && std::ferror(stdin)); }

// One mail, or an mbox if it begins with "From ".
void read_stream(std::istream& in, const std::string& name, const Limits& limits, const MailSink& mail,
                 const ErrorSink& error) {
  std::string buffer(kChunk, '\0');
  const auto more = [&] {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    return std::string_view(buffer.data(), static_cast<size_t>(in.gcount()));
  };
  std::string_view chunk = more();
  if (!chunk.starts_with("From ")) {
    std::string bytes;
    for (; !chunk.empty(); chunk = more()) {
      if (bytes.size() + chunk.size() > limits.mail_bytes) return error(name, too_large(limits));
      bytes += chunk;
    }
    if (broken(in)) return error(name, io_error("reading broke off"));
    return mail(name, std::move(bytes));
  }
  MboxSplitter mbox(name, limits, mail, error);
  std::string rest;    // a line whose end has not come yet
  bool begins = true;  // `rest` is the beginning of its line
  for (; !chunk.empty(); chunk = more()) {
    for (size_t end; (end = chunk.find('\n')) != std::string_view::npos; chunk.remove_prefix(end + 1)) {
      if (rest.empty()) {
        mbox.line(chunk.substr(0, end + 1), begins);
      } else {
        rest += chunk.substr(0, end + 1);
        mbox.line(rest, begins);
        rest.clear();
      }
      begins = true;
    }
    rest += chunk;
    if (rest.size() > kChunk) {
      mbox.line(rest, begins);
      rest.clear();
      begins = false;
    }
  }
  if (!rest.empty()) mbox.line(rest, begins);
  mbox.flush();
  if (broken(in)) error(name, io_error("reading broke off"));
}

// A pipe or device is read only where it is a descriptor of ours: any other may never end, or block for ever.
bool own_descriptor(const std::string& path) {
  return path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

// Why a path that is no folder cannot be read as a file, or "".
std::string obstacle(const std::string& path, const fs::file_status& status, const std::error_code& code) {
  if (status.type() == fs::file_type::not_found) return "no such file or folder";
  if (status.type() == fs::file_type::none) return code.message();
  if (!fs::is_regular_file(status) && !own_descriptor(path)) return "not a regular file";
  return {};
}

void one_file(const std::string& path, const Limits& limits, const MailSink& mail, const ErrorSink& error) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return error(path,
                 io_error(errno ? "cannot read it: " + std::generic_category().message(errno) : "cannot read it"));
  read_stream(in, path, limits, mail, error);
}

bool hidden(const fs::path& path) { return path.filename().native().starts_with("."); }

// Beside mails a folder holds lists and notes; only what may be a mail is read there.
bool may_be_mail(const fs::path& path) {
  static constexpr std::string_view kNot[] = {".tsv", ".md", ".json", ".txt", ".toml", ".py", ".gz", ".zst"};
  return std::find(std::begin(kNot), std::end(kNot), ascii_lower(path.extension().native())) == std::end(kNot);
}

struct Found {
  std::vector<std::string> files;
  size_t skipped = 0;  // by extension
};

// A loop, not recursive_directory_iterator: that one ends the whole walk at the first folder it cannot open.
Found walk_folder(const std::string& top, const ErrorSink& error) {
  Found out;
  std::vector<fs::path> folders{top};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code code, type;
    fs::directory_iterator it(folder, code), end;
    if (code) {
      error(folder.native(), io_error("cannot read the folder: " + code.message()));
      continue;
    }
    for (; it != end; it.increment(code)) {
      const fs::path& path = it->path();
      if (hidden(path)) continue;
      const fs::file_status status = it->status(type);
      if (fs::is_directory(status)) {
        // tmp/ of a Maildir holds deliveries that are not finished. A link to a folder may lead back up.
        const bool maildir_tmp = path.filename() == "tmp" && fs::is_directory(folder / "cur", type);
        if (!maildir_tmp && !it->is_symlink(type)) folders.push_back(path);
      } else if (!may_be_mail(path)) {
        ++out.skipped;
      } else if (fs::is_regular_file(status)) {
        out.files.push_back(path.native());
      } else if (status.type() == fs::file_type::none || status.type() == fs::file_type::not_found) {
        error(path.native(), io_error(obstacle(path.native(), status, type)));  // a link that leads nowhere, or round
      }
    }
    if (code) error(folder.native(), io_error("reading the folder broke off: " + code.message()));
  }
  std::sort(out.files.begin(), out.files.end());
  return out;
}

}  // namespace

void each_mail(const std::string& path, const Limits& limits, const MailSink& mail, const ErrorSink& error) {
  if (path == "-") return read_stream(std::cin, "-", limits, mail, error);
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::is_directory(status)) {
    if (const std::string why = obstacle(path, status, code); !why.empty()) return error(path, io_error(why));
    return one_file(path, limits, mail, error);
  }
  size_t errors = 0;
  const ErrorSink counted = [&](const std::string& name, const Error& e) { ++errors, error(name, e); };
  const Found found = walk_folder(path, counted);
  for (const std::string& file : found.files) one_file(file, limits, mail, error);
  if (found.files.empty() && (errors == 0 || found.skipped > 0)) {
    std::string text = "no mail found in this folder";
    if (found.skipped > 0) text += " (" + std::to_string(found.skipped) + " files left out for their extension)";
    error(path, {"io.no_mail", std::move(text), {}, {}, "name a file itself to read it whatever its extension", {}});
  }
}

Result<std::string> read_mail(const std::string& path, const Limits& limits) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (fs::is_directory(status)) return fail("io.read", "is a folder");
  if (const std::string why = obstacle(path, status, code); !why.empty()) return fail("io.read", why);
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail("io.read", "cannot read it");
  std::string bytes, buffer(kChunk, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    bytes.append(buffer, 0, static_cast<size_t>(in.gcount()));
    if (bytes.size() > limits.mail_bytes) return std::unexpected(too_large(limits));
  }
  if (in.bad()) return fail("io.read", "reading broke off");
  return bytes;
}

size_t count_files(const std::string& path) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::is_directory(status)) return fs::exists(status) ? 1 : 0;
  return walk_folder(path, [](const std::string&, const Error&) {}).files.size();
}

}  // namespace sekisho::scan
