// Where mails come from on a command line: files, mbox files, Maildirs, folders, standard input. Names them so that a
// person finds them again.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace sekisho::scan {

// One mail. `bytes` lives only during the call. name: path, or "path#3" for the third mail of an mbox, "-" for standard
// input.
using MailSink = std::function<void(const std::string& name, std::string bytes)>;
// A path that cannot be read (also: a folder with no mail in it); the walk goes on.
using ErrorSink = std::function<void(const std::string& name, const Error& error)>;

// Walks one path in sorted order. A folder is read below (a Maildir's tmp/ and dot files are left out); a file that
// begins with "From " is an mbox, split at "From " lines that follow a blank line, with ">From " unquoted (mboxrd).
// Within a folder, symbolic links to folders are not followed, and lists and notes (.txt, .json …) are left out.
// Reported, not delivered: mails over Limits::mail_bytes, subfolders that cannot be read, a folder without a mail, and
// pipes and devices, unless they are our own descriptors (/dev/stdin, /dev/fd/N).
void each_mail(const std::string& path, const Limits& limits, const MailSink& mail, const ErrorSink& error);

// One file as one mail, whatever it begins with. Errors: io.read, mail.limit.bytes.
Result<std::string> read_mail(const std::string& path, const Limits& limits);

// How many mail files lie below (for a progress line); mboxes count as one.
size_t count_files(const std::string& path);

}  // namespace sekisho::scan
