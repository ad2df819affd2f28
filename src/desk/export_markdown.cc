// Takes an advisory, gives CommonMark (with tables as GitHub has them): the document of export_document.cc, every run
// escaped. Entry: to_markdown. Refuses nothing; what a source wrote is text wherever it ends up.
#include <algorithm>

#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

// Text within a line of ours. `first`: it begins the line's content, where "#", "-" and "1." would begin a block.
std::string escaped(std::string_view text, bool first) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  size_t i = 0;
  if (first) {
    while (i < text.size() && text[i] == ' ') ++i;
    const size_t from = i;
    while (i < text.size() && is_digit(text[i])) out += text[i++];
    if (i < text.size() && (i > from ? text[i] == '.' || text[i] == ')' : std::string_view("-+=").contains(text[i])))
      out.append("\\").append(1, text[i++]);
  }
  for (; i < text.size(); ++i) {
    if (std::string_view("\\`*_[]<>|~#&$^{}").contains(text[i])) out += '\\';
    out += text[i];
  }
  return out;
}

size_t longest_run(std::string_view text, char c) {
  size_t longest = 0, run = 0;
  for (const char d : text) longest = std::max(longest, run = d == c ? run + 1 : 0);
  return longest;
}

// A code span: nothing in it is markup, only as many backticks as open it end it.
std::string code_span(std::string_view text, bool in_table) {
  const std::string fence(longest_run(text, '`') + 1, '`');
  std::string inner;
  for (const char c : text) {
    if (c == '|' && in_table) inner += '\\';
    inner += c;
  }
  const bool pad = inner.starts_with('`') || inner.ends_with('`');
  return fence + (pad ? " " : "") + inner + (pad ? " " : "") + fence;
}

std::string printed(const Line& line, std::string_view language, bool in_table = false) {
  std::string out;
  for (const Run& run : line) {
    const std::string text = unlinked(run.text, run.style == Run::Style::code);
    if (text.empty()) continue;
    const bool first = out.empty();
    if (!first) out += ' ';
    if (run.style == Run::Style::code) out += code_span(text, in_table);
    else if (run.style == Run::Style::strong) out += "**" + escaped(text, false) + "**";
    else if (run.style == Run::Style::quote && !in_table)
      out += language == "ja" ? "「" + escaped(text, false) + "」" : "“" + escaped(text, false) + "”";
    else out += escaped(text, first);
  }
  return out;
}

void print_table(std::string& out, const Block& b, std::string_view language) {
  out += '|';
  for (const Line& cell : b.head) out += " " + printed(cell, language, true) + " |";
  out += "\n|";
  for (size_t k = 0; k < b.head.size(); ++k) out += " --- |";
  out += '\n';
  for (const auto& row : b.rows) {
    out += '|';
    for (const Line& cell : row) out += " " + printed(cell, language, true) + " |";
    out += '\n';
  }
}

void print(std::string& out, const Document& document) {
  Block::Kind before = Block::Kind::heading;
  for (const Block& b : document.blocks) {
    const bool list_goes_on = b.kind == Block::Kind::item && before == Block::Kind::item;
    if (!out.empty() && !list_goes_on) out += '\n';
    before = b.kind;
    switch (b.kind) {
      case Block::Kind::heading:
        out += std::string(static_cast<size_t>(b.level), '#') + " " + printed(b.line, document.language) + "\n";
        break;
      case Block::Kind::paragraph:
        out += (b.role.empty() ? "" : "> ") + printed(b.line, document.language) + "\n";
        break;
      case Block::Kind::item:
        out += std::string(b.level > 1 ? 2 : 0, ' ') + "- " + printed(b.line, document.language) + "\n";
        break;
      case Block::Kind::table:
        print_table(out, b, document.language);
        break;
      case Block::Kind::listing: {
        const std::string text = visible_lines(b.listing);
        const std::string fence(std::max<size_t>(3, longest_run(text, '`') + 1), '`');
        out += fence + "text\n" + text + "\n" + fence + "\n";
        break;
      }
    }
  }
}

}  // namespace

std::string to_markdown(const Advisory& advisory, const ExportOptions& options) {
  std::string out;
  for (const Document& document : make_documents(advisory, options)) {
    if (!out.empty()) out += "\n---\n";
    print(out, document);
  }
  return out;
}

}  // namespace sekisho::desk
