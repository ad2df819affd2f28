// Takes a path, gives its mails one by one. Entries: each_mail, count_files. Refuses unreadable and oversized files and
// mails, each with its name, and goes on.
#include "scan/inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

namespace sekisho::scan {
namespace {

namespace fs = std::filesystem;

constexpr size_t kChunk = 64 << 10;

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
    if (in.bad()) return error(name, Error{"io.read", "reading broke off", {}, {}, {}, {}});
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
  if (in.bad()) error(name, Error{"io.read", "reading broke off", {}, {}, {}, {}});
}

void one_file(const std::string& path, const Limits& limits, const MailSink& mail, const ErrorSink& error) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return error(path, Error{"io.read", "cannot read it", {}, {}, {}, {}});
  read_stream(in, path, limits, mail, error);
}

bool hidden(const fs::path& path) { return path.filename().string().starts_with("."); }

template <class F>
void walk(const std::string& path, const ErrorSink& error, F file) {
  std::error_code code;
  if (!fs::is_directory(path, code)) {
    if (!fs::exists(path, code)) return error(path, Error{"io.read", "no such file or folder", {}, {}, {}, {}});
    return file(path);
  }
  std::vector<std::string> found;
  fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, code), end;
  if (code) return error(path, Error{"io.read", code.message(), {}, {}, {}, {}});
  for (; it != end; it.increment(code)) {
    if (code) break;
    std::error_code type;
    if (it->is_directory(type)) {
      // tmp/ of a Maildir holds deliveries that are not finished.
      const bool maildir_tmp =
          it->path().filename() == "tmp" && fs::is_directory(it->path().parent_path() / "cur", type);
      if (hidden(it->path()) || maildir_tmp) it.disable_recursion_pending();
    } else if (it->is_regular_file(type) && !hidden(it->path())) {
      found.push_back(it->path().string());
    }
  }
  std::sort(found.begin(), found.end());
  for (const std::string& f : found) file(f);
}

}  // namespace

void each_mail(const std::string& path, const Limits& limits, const MailSink& mail, const ErrorSink& error) {
  if (path == "-") {
    read_stream(std::cin, "-", limits, mail, error);
    return;
  }
  const bool folder = fs::is_directory(path);
  walk(path, error, [&](const std::string& file) {
    // Beside mails a folder holds lists and notes; only what may be a mail is read there.
    static constexpr std::string_view kNot[] = {".tsv", ".md", ".json", ".txt", ".toml", ".py", ".gz", ".zst"};
    if (folder && std::find(std::begin(kNot), std::end(kNot), fs::path(file).extension().string()) != std::end(kNot))
      return;
    one_file(file, limits, mail, error);
  });
}

size_t count_files(const std::string& path) {
  size_t count = 0;
  walk(path, [](const std::string&, const Error&) {}, [&](const std::string&) { ++count; });
  return count;
}

}  // namespace sekisho::scan
