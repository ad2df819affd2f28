// Takes atoms and the place of a dot (or of a first label); gives the host name that stands there, or a pattern where
// letters are masked. Entries: read_host, read_host_after, plausible. Refuses what only looks like a host: file names,
// packages, versions, sentences that were glued together. Looks back at 80 atoms and forward at 600.
#include <algorithm>
#include <array>

#include "article/indicators_parts.h"
#include "text/charset.h"

namespace sekisho::article::internal {
namespace {

constexpr size_t kBack = 80, kForward = 600, kMostKana = 24;

enum class Dot : uint8_t { none, plain, ideographic, middle };

Dot dot_kind(const View& v, size_t i) {
  switch (v.c(i)) {
    case '.':
      return Dot::plain;
    case 0x3002:
      return Dot::ideographic;
    case 0x30fb:
      return Dot::middle;
    default:
      return Dot::none;
  }
}

bool label_char(const View& v, size_t i) {
  if (v.cls(i) != Class::other) return true;
  const char32_t c = v.c(i);
  if (c == '-' || c == '_') return true;
  return is_mask_sign(c) && !v.at_sign(i);
}

bool opening(char32_t c) {
  static constexpr std::array<char32_t, 17> kOpen{'(',    '[',    '{',    '<',    '"',    '\'',   '`',  0x2018, 0x201c,
                                                  0x3008, 0x300a, 0x300c, 0x300e, 0x3010, 0x3014, 0xab, 0x2039};
  return std::find(kOpen.begin(), kOpen.end(), c) != kOpen.end();
}

struct Label {
  size_t from, to;
};

// Where the first label begins when it ends before `dot`.
size_t label_start(const View& v, size_t dot, size_t floor) {
  size_t start = dot;
  while (start > floor && dot - start < kBack && label_char(v, start - 1)) --start;
  const auto kana = [&](size_t i) { return v.cls(i) == Class::kana; };
  size_t last_kana = dot;
  for (size_t i = dot; i > start; --i)
    if (kana(i - 1)) {
      last_kana = i - 1;
      break;
    }
  if (last_kana == dot) return start;  // no Japanese in it
  if (last_kana + 1 < dot && !kana(dot - 1)) {
    // Ends in Latin letters: a sentence and a name glued together, unless only a hyphen joins them.
    const size_t tail = last_kana + 1;
    if (v.c(tail) != '-' && v.c(tail) != '_') return tail;
  }
  // "末尾が.jp": outside of brackets a name does not end like a word that goes on.
  const char32_t end = v.c(dot - 1);
  if (end >= 0x3041 && end <= 0x309f && (start == 0 || !opening(v.c(start - 1)))) return dot;
  // "画面は検証.example": a particle before another script ends a word.
  if (start == 0 || !opening(v.c(start - 1)))
    for (size_t i = dot - 1; i > start; --i) {
      const char32_t c = v.c(i - 1);
      const bool particle = c == 0x306f || c == 0x304c || c == 0x3092;  // は, が, を
      if (particle && !(v.c(i) >= 0x3041 && v.c(i) <= 0x309f)) return i;
    }
  // Ends in Japanese, or is joined to it: from the first Latin letter after a Japanese one, else all of it.
  for (size_t i = start + 1; i < dot; ++i)
    if (v.latin(i) && kana(i - 1)) return i;
  if (!kana(start)) return start;
  if (dot - start > kMostKana) return dot;
  return start;
}

// A label of Japanese letters from `i` that a dot and another label follow: its end; i: none.
size_t middle_kana(const View& v, size_t i) {
  size_t end = i;
  while (end < i + 63 && (v.cls(end) != Class::other || v.c(end) == '-')) ++end;
  return dot_kind(v, end) == Dot::plain && v.cls(end + 1) != Class::other ? end : i;
}

bool known_ending(const View& v, std::string_view host, const net::PublicSuffixes& suffixes) {
  const size_t dot = host.rfind('.');
  const std::string_view last = dot == host.npos ? host : host.substr(dot + 1);
  return v.cues.reserved.contains(last) || suffixes.listed(host);
}

// The label could be the last of a name.
bool could_end(const View& v, size_t from, size_t to, const net::PublicSuffixes& suffixes) {
  const std::string s = "x." + v.lower(from, to);
  return is_ascii(s) && known_ending(v, s, suffixes);
}

// x's in place of letters, as a whole piece of a label.
std::string without_xs(const std::string& label) {
  if (label.starts_with("xn--")) return label;
  std::string out;
  size_t i = 0;
  while (i <= label.size()) {
    size_t end = std::min(label.find('-', i), label.size());
    const std::string piece = label.substr(i, end - i);
    const bool whole = piece.size() == label.size();
    const bool xs =
        piece.size() >= (whole ? 4U : 3U) && piece.find_first_not_of(piece[0] == 'X' ? 'X' : 'x') == piece.npos;
    out += xs ? "*" : piece;
    if (end < label.size()) out += '-';
    i = end + 1;
  }
  return out;
}

std::string label_text(const View& v, const Label& l, bool last) {
  std::string s;
  for (size_t i = l.from; i < l.to;) {
    if (is_mask_sign(v.c(i))) {
      while (i < l.to && is_mask_sign(v.c(i))) ++i;
      s += '*';
    } else {
      text::append_utf8(s, v.c(i++));
    }
  }
  return last ? s : without_xs(s);
}

// Labels from `from` on. What stands before decides in which forms a dot may come.
std::vector<Label> read_labels(const View& v, size_t from, size_t dot, const net::PublicSuffixes& suffixes) {
  std::vector<Label> labels;
  size_t i = from;
  Dot used = Dot::none;
  while (i < from + kForward) {
    Label l{i, i};
    const bool first = labels.empty();
    while (l.to < i + 200) {
      const size_t p = l.to;
      if (first && p < dot) {
        if (!label_char(v, p)) break;
        ++l.to;
      } else if (v.cls(p) == Class::kana) {
        if (first && dot == 0) {  // behind "//" or "@": Japanese up to the dot
          ++l.to;
          continue;
        }
        if (p > l.from && (first || dot != 0 || could_end(v, l.from, p, suffixes))) break;
        const size_t end = middle_kana(v, p);
        if (end > p) {
          l.to = end;
        } else if (p == l.from) {  // Japanese as the last label: only if there is such a one
          size_t stop = p;
          while (stop < p + 24 && v.cls(stop) == Class::kana) ++stop;
          if (const auto ascii = net::to_ascii(v.utf8(p, stop)); ascii && suffixes.listed(*ascii)) l.to = stop;
          break;
        } else {
          break;
        }
      } else if (v.latin(p) || v.c(p) == '-' || v.c(p) == '_') {
        ++l.to;
      } else if (is_mask_sign(v.c(p)) && !v.at_sign(p)) {
        ++l.to;
      } else {
        break;
      }
    }
    if (l.to == l.from) break;
    labels.push_back(l);
    const Dot kind = dot_kind(v, l.to);
    if (kind == Dot::none || !label_char(v, l.to + 1) || v.c(l.to + 1) == '-') break;
    if (used != Dot::none && kind != used) break;
    if (kind != Dot::plain && (!v.latin(l.to - 1) || !v.latin(l.to + 1)) && !(first && kind == Dot::ideographic)) break;
    if ((v.flags(l.to) & kSpaced) != 0) {
      size_t end = l.to + 1;
      while (end < l.to + 24 && v.latin(end)) ++end;
      if (v.cues.glue_words.contains(v.lower(l.from, l.to)) || v.cues.glue_words.contains(v.lower(l.to + 1, end)))
        break;
    }
    used = kind;
    i = l.to + 1;
  }
  return labels;
}

bool single_case(std::string_view s) {
  bool lower = false, upper = false;
  for (const char c : s) {
    lower = lower || (c >= 'a' && c <= 'z');
    upper = upper || (c >= 'A' && c <= 'Z');
  }
  return !lower || !upper;
}

bool all_digits(std::string_view s) { return !s.empty() && s.find_first_not_of("0123456789") == s.npos; }

Host make_host(const View& v, std::vector<Label> labels, const net::PublicSuffixes& suffixes) {
  Host host;
  host.from = labels.front().from;
  host.to = labels.back().to;
  const Dot kind = labels.size() > 1 ? dot_kind(v, labels[0].to) : Dot::none;

  // Emphasis around a name is not part of it: "**evil.example**", "_k.example_".
  Label& last = labels.back();
  while (last.to > last.from + 1 && (v.c(last.to - 1) == '_' || v.c(last.to - 1) == '-' || v.c(last.to - 1) == '*') &&
         v.latin(last.from))
    --last.to;
  Label& first = labels.front();
  if (v.c(last.to) == v.c(first.from) && (v.c(first.from) == '*' || v.c(first.from) == '_'))
    while (first.from < first.to && (v.c(first.from) == '*' || v.c(first.from) == '_')) ++first.from;
  while (first.from < first.to && v.c(first.from) == '-') ++first.from;
  if (first.from == first.to) return host;

  const auto evaluate = [&] {
    host.from = labels.front().from;
    host.to = labels.back().to;
    host.labels = labels.size();
    host.written = v.utf8(host.from, host.to);
    host.tld = v.lower(labels.back().from, labels.back().to);
    host.masked = host.numeric = host.good = host.listed = host.suffix_only = false;
    if (labels.size() < 2) return;
    std::string value, probe;
    bool digits = true;
    for (size_t k = 0; k < labels.size(); ++k) {
      const std::string piece = label_text(v, labels[k], k + 1 == labels.size());
      digits = digits && all_digits(piece);
      if (piece.size() > 240 || piece.front() == '-' || piece.back() == '-') return;
      const bool mask = piece.find('*') != piece.npos;
      host.masked = host.masked || mask;
      if (k > 0) value += '.', probe += '.';
      std::string ascii = ascii_lower(piece);
      if (!mask && !is_ascii(ascii)) {
        const auto puny = net::to_ascii(piece);
        if (!puny) return;
        ascii = *puny;
      }
      value += ascii;
      for (const char c : ascii) c == '*' ? probe += "xmaskx" : probe += c;
    }
    host.numeric = digits;
    if (digits) return;
    if (!host.masked) {  // as a whole: what UTS #46 says of the name counts
      const auto ascii = net::to_ascii(value);
      if (!ascii || ascii->size() > 253) return;
      value = *ascii;
      probe = value;
    }
    if (value.size() > 253) return;
    const size_t dot = value.rfind('.');
    host.tld = value.substr(dot + 1);
    if (host.tld.size() < 2 || !is_alpha(host.tld[0])) {
      if (host.tld != "*") return;
    }
    for (size_t at = 0; at < value.size();) {
      const size_t end = std::min(value.find('.', at), value.size());
      if (end == at || end - at > 63) return;
      at = end + 1;
    }
    if (host.tld.find('_') != host.tld.npos) return;
    host.value = value;
    host.listed = suffixes.listed(probe);
    host.suffix_only = host.listed && suffixes.registrable(probe).empty() && !suffixes.is_private_suffix(probe);
    host.good = true;
  };
  evaluate();
  // A sentence that goes on without a space: "evil.example.com.The next".
  for (int times = 0; times < 2 && labels.size() > 2; ++times) {
    const char32_t start = v.c(labels.back().from);
    const std::string end = v.utf8(labels.back().from, labels.back().to);
    const bool sentence =
        start >= 'A' && start <= 'Z' && !single_case(end) && (host.written[0] < 'A' || host.written[0] > 'Z');
    if (host.good && (host.listed || v.cues.reserved.contains(host.tld))) break;
    if (!sentence) break;
    labels.pop_back();
    evaluate();
  }
  host.fanged = v.fanged(host.from, host.to) || kind == Dot::ideographic || kind == Dot::middle;
  for (size_t i = host.from; i < host.to; ++i) host.wide = host.wide || (v.flags(i) & kWide) != 0;
  const bool known = host.listed || v.cues.reserved.contains(host.tld);
  if (kind == Dot::ideographic || kind == Dot::middle) {
    const bool lower = host.written == ascii_lower(host.written) ||
                       host.written.find_first_of("abcdefghijklmnopqrstuvwxyz") == host.written.npos;
    const bool kana = v.cls(host.from) == Class::kana;
    if (!known || !lower || (kind == Dot::middle && labels.size() < 3)) host.good = false;
    if (kana && (host.from == 0 || !opening(v.c(host.from - 1)))) host.good = false;
    if (dot_kind(v, host.to) == Dot::plain && label_char(v, host.to + 1)) host.good = false;
  } else if (v.cls(host.from) == Class::kana && !known && !host.fanged) {
    host.good = false;
  }
  return host;
}

// What the words of its line, or of the line over a list, say of a name that may be a file's as well: the nearest
// counts. >0: a host, <0: a file, 0: nothing.
int company(const View& v, const Host& h) {
  constexpr size_t kNear = 90;
  size_t from = h.from, to = h.to;
  while (from > 0 && h.from - from < kNear && v.c(from - 1) != '\n') --from;
  while (to < v.size() && to - h.to < kNear / 2 && v.c(to) != '\n') ++to;
  const auto nearest = [](const std::string& s, const std::vector<std::string>& words, bool last) {
    size_t best = s.npos;
    for (const std::string& w : words) {
      for (size_t at = last ? s.rfind(w) : s.find(w); at != s.npos;
           at = last ? (at == 0 ? s.npos : s.rfind(w, at - 1)) : s.find(w, at + 1)) {
        // whole words, no part of a name or path; a plural is one
        const auto joins = [&](size_t k) {
          return k < s.size() && (is_alnum(s[k]) || s[k] == '-' || s[k] == '/' || s[k] == '_');
        };
        const auto named = [&](size_t k) { return k + 1 < s.size() && s[k] == '.' && is_alnum(s[k + 1]); };
        const size_t next = at + w.size(), after = next < s.size() && s[next] == 's' ? next + 1 : next;
        const bool whole = !is_alpha(w.front()) ||
                           ((at == 0 || (!joins(at - 1) && s[at - 1] != '.')) && !joins(after) && !named(after));
        if (!whole) continue;
        best = std::min(best, last ? s.size() - next : at);
        break;
      }
    }
    return best;
  };
  const std::string before = v.lower(from, h.from), after = v.lower(h.to, to);
  const size_t host = std::min(nearest(before, v.cues.host_company, true), nearest(after, v.cues.host_company, false));
  const size_t file = std::min(nearest(before, v.cues.file_company, true), nearest(after, v.cues.file_company, false));
  if (host != file) return host < file ? 1 : -1;
  // Alone on its line: an entry of a list, of which the nearest line that ends in a colon speaks.
  if (from > 1 && v.c(from - 1) == '\n' && std::none_of(before.begin(), before.end(), is_alnum) &&
      trim(after).empty()) {
    size_t end = from - 1;
    for (const size_t stop = from > 600 ? from - 600 : 0; end > stop;) {
      size_t line = end;
      while (line > stop && v.c(line - 1) != '\n') --line;
      const std::string lead(trim(v.lower(line, end)));
      if (lead.ends_with(":") || lead.ends_with("：")) {
        const size_t hosts = nearest(lead, v.cues.host_company, true), files = nearest(lead, v.cues.file_company, true);
        return hosts == files ? 0 : hosts < files ? 1 : -1;
      }
      const bool entry = lead.find(' ', std::min<size_t>(lead.size(), 3)) == lead.npos;
      if (!entry && !lead.empty()) return 0;
      end = line > 0 ? line - 1 : 0;
    }
  }
  return 0;
}

// The word that ends before i, in lower case.
std::string word_before(const View& v, size_t i) {
  size_t end = i;
  while (end > 0 && (v.space(end - 1) || v.c(end - 1) == ':' || opening(v.c(end - 1)))) --end;
  const size_t from = end > 32 ? end - 32 : 0;
  return v.lower(from, end);
}

}  // namespace

bool dot_at(const View& v, size_t i) {
  return i > 0 && dot_kind(v, i) != Dot::none && label_char(v, i - 1) && label_char(v, i + 1);
}

Host read_host(const View& v, size_t dot, size_t floor, const net::PublicSuffixes& suffixes) {
  const size_t from = label_start(v, dot, floor);
  Host host;
  host.from = from;
  host.to = dot + 1;
  if (from == dot) return host;
  const auto labels = read_labels(v, from, dot, suffixes);
  if (labels.empty()) return host;
  host = make_host(v, labels, suffixes);
  if (!host.good && dot_kind(v, dot) != Dot::plain) host.to = dot + 1;
  return host;
}

Host read_host_after(const View& v, size_t from, const net::PublicSuffixes& suffixes) {
  const auto labels = read_labels(v, from, 0, suffixes);
  Host host;
  host.from = host.to = from;
  return labels.empty() ? host : make_host(v, labels, suffixes);
}

bool plausible(const View& v, const Host& h, Trust trust) {
  if (!h.good || h.suffix_only) return false;
  const bool known = h.listed || v.cues.reserved.contains(h.tld);
  const bool file = v.cues.file_endings.contains(h.tld);
  if (h.masked && h.value.find_first_not_of("*.") >= h.value.size() - h.tld.size() && trust < Trust::mail) return false;
  if (trust == Trust::url) return true;
  if (trust == Trust::mail) return h.fanged || known || !file;
  if (!known && !h.fanged) return false;
  if (h.fanged) return true;
  std::string noun;
  if (file) {
    noun = word_before(v, h.from);
    const auto ends = [&](const std::string& n) { return noun.ends_with(n); };
    if (std::none_of(v.cues.host_nouns.begin(), v.cues.host_nouns.end(), ends)) {
      const bool plain = h.written == ascii_lower(h.written) && h.written.find('_') == h.written.npos;
      const bool joined = h.written.find('-') != h.written.npos;
      const int said = plain ? company(v, h) : -1;
      const bool shaped = (joined && h.labels > 2) || (joined && trust == Trust::path);
      if (said < 0 || (said == 0 && !shaped)) return false;
    }
  }
  if (trust == Trust::path) return true;

  const std::string lower = ascii_lower(h.written);
  const std::string head = lower.substr(0, lower.find('.'));
  if (v.cues.not_hosts.contains(lower) || v.cues.code_words.contains(head)) return false;
  if (v.cues.package_roots.contains(head) && h.labels > 2) return false;
  if (v.cues.package_roots.contains(lower.substr(0, lower.find('.', head.size() + 1))) && h.labels > 2) return false;
  const std::string last = h.written.substr(h.written.rfind('.') + 1);
  // "the end.It was": a last label of mixed case continues a sentence.
  if (!single_case(last) && (h.written[0] == lower[0] || v.cues.glue_words.contains(h.tld))) return false;
  // "Visual Basic.NET"
  if (h.labels == 2 && last != h.tld && single_case(last) && !single_case(h.written)) return false;
  if (v.c(h.to) == '(' && v.c(h.to + 1) == ')') return false;
  if (v.space(h.to) && v.c(h.to + 1) == '=') return false;
  if (h.from > 0) {
    const char32_t before = v.c(h.from - 1);
    if (before == '\\' || before == '$') return false;
    if (before == '.' && h.from > 1 && v.digit(h.from - 2)) return false;  // "1.5.2.io"
    if (before == '/' && (v.flags(h.from - 1) & kWide) == 0 && (h.from < 2 || v.cls(h.from - 2) != Class::kana))
      return false;
  }
  return true;
}

}  // namespace sekisho::article::internal
