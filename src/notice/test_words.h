// For the tests of this floor: the templates of content/notices/, and what the linter says of a text in short.
#pragma once

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/files.h"
#include "notice/notice.h"

namespace sekisho::notice {

inline const Templates& bundled_templates() {
  static const Templates made = [] {
    std::vector<Error> errors;
    const auto texts = text_files(std::string(SEKISHO_SOURCE_DIR) + "/content/notices", {".toml"});
    REQUIRE(texts.has_value());
    std::vector<Templates::File> files;
    for (const TextFile& f : *texts) files.push_back({f.path, f.text});
    Templates out = Templates::read(files, errors);
    for (const Error& e : errors) MESSAGE(e.one_line());
    REQUIRE(errors.empty());
    return out;
  }();
  return made;
}

// The rules that a text breaks.
inline std::set<std::string> broken(std::string_view text, Day today = {2026, 11, 23}) {
  LintOptions options;
  options.today = today;
  std::set<std::string> out;
  for (const Problem& p : lint(text, bundled_templates(), options)) out.insert(p.rule);
  return out;
}

// A clean notice in either language around one sentence.
inline std::string around_ja(const std::string& sentence) {
  return "件名: "
         "【下書き・未承認】不審なメールについて\n\n【下書き・未承認】\n社員の皆様\nお疲れさまです。情報担当です。\n" +
         sentence + "\n\n1. メールのリンクは開かないでください。\n期限: 2026年11月27日(金)\n連絡先: 内線 1234\n";
}
inline std::string around_en(const std::string& sentence) {
  return "Subject: [DRAFT – NOT APPROVED] Suspicious mails\n\n[DRAFT – NOT APPROVED]\nHi everyone,\n" + sentence +
         "\n\n1. Do not open links in mails.\nDeadline: Friday 27 November 2026\nContact: ext. 1234\n";
}

}  // namespace sekisho::notice
