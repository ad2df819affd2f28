// Takes an advisory, gives one HTML file: the document of export_document.cc, every run escaped, with a style sheet
// that the content security policy names by its hash. Entry: to_html. Refuses nothing; there is no script, no link and
// no resource in it, whatever a source wrote.
#include "base/base64.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1c2126;--paper:#fff;--soft:#5b6570;--line:#d5dae0;--tint:#f4f6f8;
--a:#b3261e;--b:#a85b00;--c:#2f6f4f;--d:#5b6570}
@media(prefers-color-scheme:dark){:root{--ink:#e4e8ec;--paper:#14181c;--soft:#9aa5b1;--line:#333c45;--tint:#1d2329;
--a:#ff8a80;--b:#ffb65c;--c:#7fd1a5;--d:#9aa5b1}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem;color:var(--ink);background:var(--paper);
font:1rem/1.65 system-ui,"Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.35;margin:0 0 .8rem}
h2{font-size:1.2rem;margin:2rem 0 .6rem;padding-bottom:.2rem;border-bottom:2px solid var(--line)}
h3{font-size:1.02rem;margin:1.2rem 0 .4rem}
p{margin:.5rem 0}ul{margin:.4rem 0;padding-left:1.4rem}li{margin:.25rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.6rem 0}
th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
th{background:var(--tint)}
pre,code{font-family:ui-monospace,"Noto Sans Mono CJK JP",monospace;font-size:.88em}
pre{background:var(--tint);border:1px solid var(--line);padding:.8rem;white-space:pre-wrap}
.mark{color:var(--soft);font-size:.85em;white-space:nowrap}
.box{border-left:.3rem solid var(--line);background:var(--tint);padding:.5rem .8rem}
.hypothesis{border-left:.3rem dashed var(--soft);padding-left:.6rem;font-style:normal}
.finding,.draft{border-left:.3rem solid var(--b);background:var(--tint);padding:.4rem .8rem}
.rank_A,.rank_B,.rank_C,.rank_D{font-size:1.25rem;border-left:.5rem solid;padding:.4rem .8rem;background:var(--tint)}
.rank_A{border-color:var(--a);color:var(--a)}.rank_B{border-color:var(--b);color:var(--b)}
.rank_C{border-color:var(--c);color:var(--c)}.rank_D{border-color:var(--d);color:var(--d)}
section+section{margin-top:3rem;border-top:4px double var(--line);padding-top:2rem}
@page{size:A4;margin:16mm 14mm}
@media print{:root{--ink:#000;--paper:#fff;--soft:#444;--line:#999;--tint:#f4f4f4;--a:#900;--b:#740;--c:#253;--d:#444}
body{max-width:none;padding:0;font-size:10pt}h2,h3{break-after:avoid}
li,tr,p,pre{break-inside:avoid}thead{display:table-header-group}section+section{break-before:page;border:0}}
)";

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string lang(std::string_view language) {  // only what we know ourselves
  return language == "ja" || language == "en" ? " lang=\"" + std::string(language) + "\"" : std::string();
}

std::string printed(const Line& line, std::string_view language) {
  std::string out;
  for (const Run& run : line) {
    const std::string text = escaped(unlinked(run.text, run.style == Run::Style::code));
    if (text.empty()) continue;
    if (!out.empty()) out += ' ';
    const std::string other = run.language == language ? std::string() : lang(run.language);
    switch (run.style) {
      case Run::Style::plain:
        out += "<bdi>" + text + "</bdi>";
        break;
      case Run::Style::strong:
        out += "<strong>" + text + "</strong>";
        break;
      case Run::Style::quote:
        out += "<q" + other + " dir=\"auto\">" + text + "</q>";
        break;
      case Run::Style::code:
        out += "<code>" + text + "</code>";
        break;
      case Run::Style::mark:
        out += "<span class=\"mark\">" + text + "</span>";
        break;
    }
  }
  return out;
}

std::string role_class(const Block& b) { return b.role.empty() ? std::string() : " class=\"" + b.role + "\""; }

void print_table(std::string& out, const Block& b, std::string_view language) {
  out += "<table>\n<thead><tr>";
  for (const Line& cell : b.head) out += "<th scope=\"col\">" + printed(cell, language) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : b.rows) {
    out += "<tr>";
    for (const Line& cell : row) out += "<td>" + printed(cell, language) + "</td>";
    out += "</tr>\n";
  }
  out += "</tbody>\n</table>\n";
}

void print(std::string& out, const Document& document) {
  int depth = 0;  // of lists that are open
  const auto lists = [&](int wanted) {
    for (; depth > wanted; --depth) out += depth > 1 ? "</li></ul>" : "</li></ul>\n";
  };
  out += "<section" + lang(document.language) + ">\n";
  for (const Block& b : document.blocks) {
    if (b.kind != Block::Kind::item) lists(0);
    const std::string level = std::to_string(b.level);
    switch (b.kind) {
      case Block::Kind::heading:
        out += "<h" + level + ">" + printed(b.line, document.language) + "</h" + level + ">\n";
        break;
      case Block::Kind::paragraph:
        out += "<p" + role_class(b) + ">" + printed(b.line, document.language) + "</p>\n";
        break;
      case Block::Kind::item: {
        const int wanted = b.level > 1 && depth > 0 ? 2 : 1;  // a deeper item needs one above it
        if (depth >= wanted) lists(wanted), out += "</li>\n";
        else out += "<ul>\n", ++depth;
        out += "<li" + role_class(b) + ">" + printed(b.line, document.language);
        break;
      }
      case Block::Kind::table:
        print_table(out, b, document.language);
        break;
      case Block::Kind::listing:
        out += "<pre>" + escaped(visible_lines(b.listing)) + "</pre>\n";
        break;
    }
  }
  lists(0);
  out += "</section>\n";
}

std::string style_hash() {
  const std::string digits = sha256_hex(kStyle);
  std::string bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(hex_digit(digits[i]) << 4 | hex_digit(digits[i + 1]));
  return "sha256-" + encode_base64(bytes);
}

}  // namespace

std::string to_html(const Advisory& advisory, const ExportOptions& options) {
  const std::vector<Document> documents = make_documents(advisory, options);
  const Document& first = documents.front();
  std::string out = "<!DOCTYPE html>\n<html" + lang(first.language) +
                    ">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" +
                    style_hash() +
                    "'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"format-detection\" content=\"telephone=no, email=no, address=no\">\n<title>" +
                    escaped(unlinked(first.title)) + "</title>\n<style>";
  out.append(kStyle).append("</style>\n</head>\n<body>\n");
  for (const Document& document : documents) print(out, document);
  out += "</body>\n</html>\n";
  return out;
}

}  // namespace sekisho::desk
