// Where mails come from: links that loop, paths that are too long, folders that cannot be read, pipes, folders without
// mail.
#include "scan/inputs.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace sekisho;
using namespace sekisho::scan;

namespace fs = std::filesystem;

namespace {

// A folder that goes away with the test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("sekisho_inputs_" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string write(const std::string& name, const std::string& text = "From: a@example.com\n\nx\n") const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

struct Walk {
  std::vector<std::string> mails, errors;  // errors: "file name: text"
  explicit Walk(const fs::path& path, const Limits& limits = {}) {
    each_mail(
        path.string(), limits, [&](const std::string& n, std::string) { mails.push_back(fs::path(n).filename()); },
        [&](const std::string& n, const Error& e) {
          errors.push_back(fs::path(n).filename().string().substr(0, 20) + ": " + e.text);
        });
  }
  bool error(std::string_view text) const { return errors.size() == 1 && errors[0].find(text) != std::string::npos; }
};

}  // namespace

TEST_CASE("links that loop are errors, and the walk goes on") {
  const Folder folder;
  fs::create_symlink(folder.path / "b", folder.path / "a");
  fs::create_symlink(folder.path / "a", folder.path / "b");
  CHECK(Walk(folder.path / "a").error("symbolic links"));
  CHECK(!read_mail((folder.path / "a").string(), {}));
  CHECK(count_files((folder.path / "a").string()) == 0);
  folder.write("dir/good.eml");
  fs::create_symlink(folder.path / "dir", folder.path / "dir/up");  // a folder within itself
  fs::create_symlink(folder.path / "gone", folder.path / "dir/dangling.eml");
  const Walk walk(folder.path / "dir");
  CHECK(walk.mails == std::vector<std::string>{"good.eml"});
  CHECK(walk.error("dangling.eml: no such file"));
}

TEST_CASE("a path longer than the system takes is an error") {
  CHECK(Walk("/" + std::string(5000, 'x')).error("too long"));
  CHECK(count_files(std::string(5000, 'x')) == 0);
  CHECK(!read_mail(std::string(5000, 'x'), {}));
}

TEST_CASE("a folder without mail says so, and how many files it left out") {
  const Folder folder;
  CHECK(Walk(folder.path).error("no mail found in this folder"));
  const std::string note = folder.write("notes.TXT");
  folder.write("sub/list.json");
  const Walk walk(folder.path);
  CHECK(walk.error("2 files left out for their extension"));
  CHECK(count_files(folder.path.string()) == 0);
  CHECK(Walk(note).mails.size() == 1);  // named, it is read
}

TEST_CASE("a subfolder that cannot be read is reported") {
  if (geteuid() == 0) return;  // root reads everything
  const Folder folder;
  folder.write("good.eml");
  folder.write("closed/x.eml");
  fs::permissions(folder.path / "closed", fs::perms::none);
  const Walk walk(folder.path);
  fs::permissions(folder.path / "closed", fs::perms::owner_all);
  CHECK(walk.mails.size() == 1);
  CHECK(walk.error("closed: cannot read the folder"));
}

TEST_CASE("a pipe or a device is no mail") {
  const Folder folder;
  const std::string pipe = (folder.path / "pipe").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(Walk(pipe).error("not a regular file"));
  CHECK(Walk("/dev/zero").error("not a regular file"));
  CHECK(!read_mail(pipe, {}));
  folder.write("good.eml");
  const Walk walk(folder.path);  // within a folder it is passed over
  CHECK(walk.mails.size() == 1);
  CHECK(walk.errors.empty());
}

TEST_CASE("read_mail takes an mbox as one mail and keeps to the limit") {
  const Folder folder;
  const std::string path = folder.write("a", "From x\nFrom: a@example.com\n\nx\n\nFrom y\n");
  CHECK(read_mail(path, {})->size() == 38);
  Limits limits;
  limits.mail_bytes = 10;
  const auto over = read_mail(path, limits);
  REQUIRE(!over);
  CHECK(over.error().code == "mail.limit.bytes");
  CHECK(Walk(folder.path / "nothing").error("no such file or folder"));
}
