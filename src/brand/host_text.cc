// Takes a host, gives the text that is searched for brands. Entries: read_host, folded. Gives a state for what is no
// name: addresses, empty labels, labels and names longer than DNS has them.
#include "brand/host_text.h"

#include <algorithm>
#include <cstring>

#include "base/strings.h"
#include "text/normalize.h"

namespace sekisho::brand {
namespace {

// What a byte of a host is. Letters and digits stand for what they look like.
enum Kind : uint8_t { kLetter, kDigit, kSeparator, kDot, kOdd, kAbove };
struct Byte {
  Kind kind = kOdd;
  char fold = 0;
  bool second = false;  // may end a pair that looks like one letter
};
constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> out{};
  for (size_t c = 0; c < 256; ++c) out[c] = {c < 0x80 ? kOdd : kAbove, static_cast<char>(c), false};
  for (char c = 'a'; c <= 'z'; ++c)
    out[static_cast<size_t>(c)] = out[static_cast<size_t>(c - 32)] = {kLetter, c, c == 'n' || c == 'v' || c == 'l'};
  for (char c = '0'; c <= '9'; ++c) out[static_cast<size_t>(c)] = {kDigit, c, false};
  // No registry gives out the others, but browsers take them (WHATWG, forbidden host code points).
  for (const char c : std::string_view("-_!\"$&'()*+,;=`{}~")) out[static_cast<size_t>(c)].kind = kSeparator;
  out['.'].kind = kDot;
  for (const auto& [digit, letter] : {std::pair{'0', 'o'}, {'1', 'l'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'}, {'8', 'b'}})
    out[static_cast<size_t>(digit)].fold = letter;
  return out;
}();

size_t at(char c) { return static_cast<unsigned char>(c); }

// "rn" reads as m, "vv" as w, "cl" as d. 0: nothing of the kind.
char pair_fold(char last, char c) {
  if (last == 'r' && c == 'n') return 'm';
  if (last == 'v' && c == 'v') return 'w';
  if (last == 'c' && c == 'l') return 'd';
  return 0;
}

// Punycode and UTF-8 as a person sees them, in ASCII: letters by what they look like.
std::string seen(std::string_view ascii, const net::PublicSuffixes& suffixes, HostText& out) {
  const size_t suffix = suffixes.find(ascii).suffix;
  std::string shown;
  size_t number = 0;
  out.idn_labels.fill(false);
  for (const std::string_view label : split(ascii.substr(0, ascii.size() - std::min(ascii.size(), suffix + 1)), '.')) {
    if (label.starts_with("xn--")) {
      if (number < out.idn_labels.size()) out.idn_labels[number] = true;
      const std::string readable = net::to_unicode(label);
      const auto scripts = text::scripts(readable);
      size_t writing = 0;  // Japanese is written in four scripts
      bool japanese = false;
      for (const std::string& s : scripts) {
        const bool of_japan = s == "Hira" || s == "Kana" || s == "Hani";
        writing += !of_japan || !japanese;
        japanese |= of_japan;
      }
      out.mixed_scripts |= writing > (japanese ? 2U : 1U);
      for (const char c : text::skeleton(readable)) shown += kBytes[at(c)].kind <= kDigit ? c : '-';
    } else {
      shown += label;
    }
    shown += '.';
    ++number;
  }
  out.idn = true;
  return shown + std::string(ascii.substr(ascii.size() - suffix));
}

// What one pass over a host leaves beside HostText.
struct Pass {
  bool above = false, odd = false, puny = false, empty_label = false, long_label = false;
  size_t labels = 0;
  std::array<uint8_t, HostText::kMost / 2 + 2> begins;  // of labels
};

// Into a buffer with room for eight bytes more, which are 0; eight at a time.
void copy_lower(std::string_view host, char* to) {
  std::memcpy(to, host.data(), host.size());
  std::memset(to + host.size(), 0, 8);
  constexpr uint64_t kOnes = 0x0101010101010101U;
  for (size_t i = 0; i < host.size(); i += 8) {
    uint64_t eight;
    std::memcpy(&eight, to + i, 8);
    const uint64_t low = eight & kOnes * 0x7F;
    const uint64_t big = (low + kOnes * (0x80 - 'A')) & ~(low + kOnes * (0x7F - 'Z')) & ~eight & kOnes * 0x80;
    eight |= big >> 2;
    std::memcpy(to + i, &eight, 8);
  }
}

// Reads `host` into all of `out` that does not depend on where the public suffix begins.
void read_bytes(std::string_view host, HostText& out, Pass& pass) {
  copy_lower(host, out.host.data());
  // Locals: a store of a char may change anything else, as the compiler sees it.
  const char* const in = host.data();
  char* const text = out.text.data();
  uint64_t* const sums = out.sums.data();
  const size_t size = host.size();
  size_t n = 0, label_begin = 0, labels = 0, count = 0;
  uint64_t sum = 0;
  sums[0] = 0;
  pass.begins[0] = 0;
  for (size_t i = 0; i < size;) {
    if (const Kind kind = kBytes[at(in[i])].kind; kind > kDigit) {
      if (kind == kDot) {
        pass.empty_label |= i == label_begin;
        pass.long_label |= i - label_begin > 63;
        label_begin = i + 1;
        if (++labels < pass.begins.size()) pass.begins[labels] = static_cast<uint8_t>(label_begin);
      } else {
        pass.above |= kind == kAbove;
        pass.odd |= kind == kOdd;
        pass.puny |= in[i] == '-' && i == label_begin + 3 && in[i - 1] == '-' && (in[i - 2] | 0x20) == 'n';
      }
      ++i;
      continue;
    }
    // A piece.
    const size_t begin = n, host_begin = i;
    for (; i < size; ++i) {
      const Byte& byte = kBytes[at(in[i])];
      if (byte.kind > kDigit) break;
      const char fold = byte.fold;
      if (byte.second && n > begin) {
        if (const char one = pair_fold(text[n - 1], fold); one != 0) {
          text[n - 1] = one;
          sum = sums[n - 1] * kHashBase + at(one);
          sums[n] = sum;
          continue;
        }
      }
      text[n] = fold;
      sum = sum * kHashBase + at(fold);
      sums[++n] = sum;
    }
    if (count == HostText::kMostPieces) continue;
    // Digits at the ends are not folded with anything, so they are as many in the text.
    size_t first = host_begin, last = i;
    while (first < last && kBytes[at(in[first])].kind == kDigit) ++first;
    while (last > first && kBytes[at(in[last - 1])].kind == kDigit) --last;
    const bool letters = first < last;
    out.pieces[count++] = {.begin = static_cast<uint8_t>(begin),
                           .end = static_cast<uint8_t>(n),
                           .first = static_cast<uint8_t>(letters ? begin + (first - host_begin) : begin),
                           .last = static_cast<uint8_t>(letters ? n - (i - last) : n),
                           .host = static_cast<uint8_t>(host_begin),
                           .label = static_cast<uint8_t>(labels)};
  }
  pass.empty_label |= label_begin == size;
  pass.long_label |= size - label_begin > 63;
  pass.labels = labels + 1;
  out.pieces_count = static_cast<uint8_t>(count);
  out.size = static_cast<uint8_t>(n);
}

// Leaves out what lies in the public suffix, and counts the labels before the registrable domain.
void cut_suffix(HostText& out, const Pass& pass) {
  const size_t end = static_cast<size_t>(out.host_size) -
                     std::min<size_t>(out.host_size, out.suffix ? out.suffix + 1U : 0U),
               label = static_cast<size_t>(out.host_size - out.registrable);
  size_t labels = pass.labels;
  while (labels > 0 && pass.begins[labels - 1] >= label) --labels;
  out.labels = static_cast<uint8_t>(labels);
  out.leave_out(end);
}

}  // namespace

const std::array<uint64_t, 260>& hash_powers() {
  static constexpr auto kPowers = [] {
    std::array<uint64_t, 260> out{};
    out[0] = 1;
    for (size_t i = 1; i < out.size(); ++i) out[i] = out[i - 1] * kHashBase;
    return out;
  }();
  return kPowers;
}

void HostText::leave_out(size_t begin) {
  while (pieces_count > 0 && pieces[pieces_count - 1U].host >= begin) --pieces_count;
  size = pieces_count > 0 ? pieces[pieces_count - 1U].end : uint8_t{0};
  std::memset(text.data() + size, 0, 8);
}

void HostText::trace() {
  for (size_t p = 0; p < pieces_count; ++p) {
    size_t i = pieces[p].host;
    for (size_t n = pieces[p].begin; n < pieces[p].end; ++n) {
      from[n] = static_cast<uint8_t>(i++);
      // A pair that was folded took two.
      if (i < host_size && n + 1 <= pieces[p].end && pair_fold(host[i - 1], host[i]) == text[n]) ++i;
      to[n] = static_cast<uint8_t>(i);
    }
  }
  from[size] = static_cast<uint8_t>(host_size - std::min<int>(host_size, suffix ? suffix + 1 : 0));
}

uint64_t text_hash(std::string_view text) {
  uint64_t sum = 0;
  for (const char c : text) sum = sum * kHashBase + at(c);
  return sum;
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const Byte byte = kBytes[at(c)];
    if (byte.kind > kDigit) continue;
    if (const char one = out.empty() || !byte.second ? '\0' : pair_fold(out.back(), byte.fold); one != 0)
      out.back() = one;
    else out += byte.fold;
  }
  return out;
}

void read_host(std::string_view host, const net::PublicSuffixes& suffixes, HostText& out,
               std::optional<net::LabelEndings>& endings) {
  using enum HostText::State;
  out.idn = out.mixed_scripts = out.private_suffix = out.listed = false;
  out.size = out.pieces_count = out.host_size = out.suffix = out.registrable = out.labels = 0;
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty()) return void(out.state = empty);
  if (host.size() > HostText::kMost) return void(out.state = too_long);
  out.host_size = static_cast<uint8_t>(host.size());
  Pass pass;
  read_bytes(host, out, pass);
  if (pass.above || pass.odd || pass.puny) {
    if (pass.odd) {
      out.state = net::is_ip(host) ? address : malformed;
      return;
    }
    std::string ascii = ascii_lower(host);
    if (pass.above) {
      auto made = net::to_ascii(host);
      if (!made || made->size() > HostText::kMost) return void(out.state = malformed);
      ascii = *std::move(made);
    }
    // The limits are those of the name as it is asked for, not of what its letters look like.
    for (const std::string_view label : split(ascii, '.')) {
      if (label.empty()) return void(out.state = malformed);
      if (label.size() > 63) return void(out.state = too_long);
    }
    std::string shown = seen(ascii, suffixes, out);
    if (shown.size() > HostText::kMost) shown.erase(0, shown.size() - HostText::kMost);
    while (shown.starts_with('.')) shown.erase(0, 1);
    out.host_size = static_cast<uint8_t>(shown.size());
    pass = {};
    read_bytes(shown, out, pass);
    pass.long_label = false;
  }
  if (pass.empty_label || pass.above || pass.odd) return void(out.state = malformed);
  if (pass.long_label) return void(out.state = too_long);
  const std::string_view view = out.host_view();
  if (kBytes[at(view.back())].kind == kDigit && net::is_ip(view)) return void(out.state = address);
  const net::PublicSuffixes::Answer answer =
      suffixes.find_sound(view, endings.emplace(view, pass.begins.data(), pass.labels));
  out.suffix = answer.suffix;
  out.registrable = answer.registrable;
  out.private_suffix = answer.is_private;
  out.listed = answer.listed;
  out.state = name;
  cut_suffix(out, pass);
}

void read_words(std::string_view normalized, HostText& out) {
  out.idn = out.mixed_scripts = out.private_suffix = out.listed = false;
  out.suffix = out.registrable = 0;
  std::string plain;
  for (const char c : text::skeleton(normalized.substr(0, 400))) {
    if (plain.size() == HostText::kMost) break;
    if (kBytes[at(c)].kind <= kDigit) plain += c;
    else if (!plain.empty() && plain.back() != '-') plain += '-';
  }
  while (plain.ends_with('-')) plain.pop_back();
  out.host_size = static_cast<uint8_t>(plain.size());
  out.registrable = out.host_size;
  out.state = plain.empty() ? HostText::State::empty : HostText::State::name;
  Pass pass;
  read_bytes(plain, out, pass);
  cut_suffix(out, pass);
}

}  // namespace sekisho::brand
