// Takes a path, gives its mails one by one. Entries: each_mail, count_files. Refuses unreadable and oversized files,
// each with its name, and goes on.
#include "scan/inputs.h"

#include <filesystem>
#include <iostream>
#include <iterator>

#include "scan/settings.h"

namespace sekisho::scan {
namespace {

namespace fs = std::filesystem;

// An mbox may hold many mails; each is bounded, the file is bounded at 64 times that.
constexpr size_t kMboxFactor = 64;

void each_in_mbox(const std::string& name, std::string_view bytes, const Limits& limits, const MailSink& mail,
                  const ErrorSink& error) {
  size_t number = 0;
  for (size_t at = 0; at < bytes.size();) {
    size_t next = bytes.find("\n\nFrom ", at);
    size_t skip = 2;
    if (const size_t crlf = bytes.find("\r\n\r\nFrom ", at); crlf < next) next = crlf, skip = 4;
    const std::string_view piece = bytes.substr(at, next == std::string_view::npos ? next : next + skip / 2 - at);
    at = next == std::string_view::npos ? bytes.size() : next + skip;
    const std::string here = name + "#" + std::to_string(++number);
    if (piece.size() > limits.mail_bytes) {
      error(here, Error{"mail.limit.bytes",
                        "the mail is larger than " + std::to_string(limits.mail_bytes) + " bytes",
                        {},
                        {},
                        {},
                        {}});
      continue;
    }
    std::string out;
    out.reserve(piece.size());
    std::string_view rest = piece;
    if (rest.starts_with("From ")) rest.remove_prefix(std::min(rest.size(), rest.find('\n') + 1));
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      std::string_view line = rest.substr(0, end == std::string_view::npos ? end : end + 1);
      rest.remove_prefix(line.size());
      const size_t quotes = line.find_first_not_of('>');
      if (quotes != 0 && quotes != std::string_view::npos && line.substr(quotes).starts_with("From "))
        line.remove_prefix(1);
      out += line;
    }
    mail(here, std::move(out));
  }
}

void one_file(const std::string& path, const Limits& limits, const MailSink& mail, const ErrorSink& error) {
  auto bytes = read_file(path, limits.mail_bytes * kMboxFactor);
  if (!bytes) return error(path, bytes.error());
  if (bytes->starts_with("From ")) return each_in_mbox(path, *bytes, limits, mail, error);
  mail(path, std::move(*bytes));
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
    std::string bytes((std::istreambuf_iterator<char>(std::cin)), {});
    if (bytes.starts_with("From ")) each_in_mbox("-", bytes, limits, mail, error);
    else mail("-", std::move(bytes));
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
