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
struct Bytes {
  std::array<char, 256> lower{}, fold{};
  std::array<uint8_t, 256> kind{};  // 0 not of a name, 1 letter, 2 digit, 3 separator, 4 dot, 5 above ASCII
  constexpr Bytes() {
    for (int c = 0; c < 256; ++c) {
      const auto i = static_cast<size_t>(c);
      lower[i] = fold[i] = static_cast<char>(c);
      if (c >= 0x80) kind[i] = 5;
    }
    for (char c = 'a'; c <= 'z'; ++c) {
      const auto small = static_cast<size_t>(c), big = static_cast<size_t>(c - 32);
      kind[small] = kind[big] = 1;
      lower[big] = fold[big] = c;
    }
    for (char c = '0'; c <= '9'; ++c) kind[static_cast<size_t>(c)] = 2;
    kind['-'] = kind['_'] = 3;
    kind['.'] = 4;
    for (const auto& [digit, letter] :
         {std::pair{'0', 'o'}, {'1', 'l'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'}, {'8', 'b'}})
      fold[static_cast<size_t>(digit)] = letter;
  }
};
constexpr Bytes kBytes;

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
  for (const std::string_view label : split(ascii.substr(0, ascii.size() - std::min(ascii.size(), suffix + 1)), '.')) {
    if (label.starts_with("xn--")) {
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
      for (const char c : text::skeleton(readable))
        shown += kBytes.kind[at(c)] == 1 || kBytes.kind[at(c)] == 2 ? c : '-';
    } else {
      shown += label;
    }
    shown += '.';
  }
  out.idn = true;
  return shown + std::string(ascii.substr(ascii.size() - suffix));
}

// The host into out.host; false: there is something in it that a table of bytes cannot settle.
bool copy_lower(std::string_view host, HostText& out, bool& above, bool& odd) {
  uint8_t puny = 0;
  for (size_t i = 0; i < host.size(); ++i) {
    const size_t c = at(host[i]);
    out.host[i] = kBytes.lower[c];
    above |= kBytes.kind[c] == 5;
    odd |= kBytes.kind[c] == 0;
    puny |= static_cast<uint8_t>(host[i] == '-' && i >= 3 && host[i - 1] == '-');
  }
  std::memset(out.host.data() + host.size(), 0, 8);
  return !above && !odd && (puny == 0 || out.host_view().find("xn--") == std::string_view::npos);
}

void cut_pieces(HostText& out) {
  const std::string_view host = out.host_view();
  const size_t end = host.size() - std::min<size_t>(host.size(), out.suffix ? out.suffix + 1U : 0U);
  const size_t label_at = host.size() - out.registrable;
  size_t n = 0;
  uint8_t before = 2;
  bool digits_only = true;
  Piece* piece = nullptr;
  out.pieces_count = 0;
  out.labels = 0;
  out.sums[0] = 0;
  uint64_t sum = 0;
  const auto close = [&] {
    if (piece == nullptr) return;
    piece->end = static_cast<uint8_t>(n);
    if (digits_only) piece->first = piece->begin, piece->last = piece->end;
    piece = nullptr;
  };
  for (size_t i = 0; i < end; ++i) {
    const size_t c = at(host[i]);
    const uint8_t kind = kBytes.kind[c];
    if (kind >= 3) {
      close();
      if (kind == 4) {
        before = 2;
        if (i < label_at) ++out.labels;
      } else {
        before = std::max<uint8_t>(before, 1);
      }
      continue;
    }
    const char f = kBytes.fold[c];
    if (before == 0 && kind == 1) {
      if (const char one = pair_fold(out.text[n - 1], f); one != 0) {
        out.text[n - 1] = one;
        sum = out.sums[n - 1] * kHashBase + at(one);
        out.sums[n] = sum;
        if (piece) piece->last = static_cast<uint8_t>(n), digits_only = false;
        continue;
      }
    }
    out.text[n] = f;
    out.from[n] = static_cast<uint8_t>(i);
    out.edge[n] = before;
    if (before != 0) {
      if (out.pieces_count < HostText::kMostPieces) {
        piece = &out.pieces[out.pieces_count++];
        piece->begin = static_cast<uint8_t>(n);
        piece->first = piece->last = static_cast<uint8_t>(n);
        piece->label = out.labels;
      }
      digits_only = true;
      before = 0;
    }
    ++n;
    if (kind == 1 && piece) {
      if (digits_only) piece->first = static_cast<uint8_t>(n - 1), digits_only = false;
      piece->last = static_cast<uint8_t>(n);
    }
    sum = sum * kHashBase + at(f);
    out.sums[n] = sum;
  }
  close();
  out.size = static_cast<uint8_t>(n);
  out.edge[n] = 2;
  out.from[n] = static_cast<uint8_t>(end);
  std::memset(out.text.data() + n, 0, 8);
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

uint64_t text_hash(std::string_view text) {
  uint64_t sum = 0;
  for (const char c : text) sum = sum * kHashBase + at(c);
  return sum;
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const uint8_t kind = kBytes.kind[at(c)];
    if (kind != 1 && kind != 2) continue;
    const char f = kBytes.fold[at(c)];
    if (const char one = out.empty() || kind != 1 ? '\0' : pair_fold(out.back(), f); one != 0) out.back() = one;
    else out += f;
  }
  return out;
}

void read_host(std::string_view host, const net::PublicSuffixes& suffixes, HostText& out) {
  using enum HostText::State;
  out.idn = out.mixed_scripts = false;
  out.size = out.pieces_count = out.host_size = out.suffix = out.registrable = 0;
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty()) return void(out.state = empty);
  if (host.size() > HostText::kMost) return void(out.state = too_long);
  out.host_size = static_cast<uint8_t>(host.size());
  bool above = false, odd = false;
  std::string ascii, shown;
  if (!copy_lower(host, out, above, odd)) {
    if (host.front() == '[' || (odd && net::is_ip(host))) return void(out.state = address);
    if (odd) return void(out.state = malformed);
    ascii = ascii_lower(host);
    if (above) {
      auto made = net::to_ascii(host);
      if (!made || made->size() > HostText::kMost) return void(out.state = malformed);
      ascii = *std::move(made);
    }
    shown = seen(ascii, suffixes, out);
    if (shown.size() > HostText::kMost) return void(out.state = too_long);
    out.host_size = static_cast<uint8_t>(shown.size());
    std::memcpy(out.host.data(), shown.data(), shown.size());
    std::memset(out.host.data() + shown.size(), 0, 8);
  }
  const std::string_view view = out.host_view();
  size_t run = 0;
  for (const char c : view) {
    if (c != '.') {
      if (++run > 63) return void(out.state = too_long);
      continue;
    }
    if (run == 0) return void(out.state = malformed);
    run = 0;
  }
  if (run == 0) return void(out.state = malformed);
  if (kBytes.kind[at(view.back())] == 2 && net::is_ip(view)) return void(out.state = address);
  const net::PublicSuffixes::Answer answer = suffixes.find(view);
  out.suffix = answer.suffix;
  out.registrable = answer.registrable;
  out.private_suffix = answer.is_private;
  out.listed = answer.listed;
  out.state = name;
  cut_pieces(out);
}

void read_words(std::string_view normalized, HostText& out) {
  out.idn = out.mixed_scripts = out.private_suffix = out.listed = false;
  out.suffix = out.registrable = 0;
  std::string plain;
  for (const char c : text::skeleton(normalized.substr(0, 400))) {
    const uint8_t kind = kBytes.kind[at(c)];
    if (plain.size() == HostText::kMost) break;
    if (kind == 1 || kind == 2) plain += c;
    else if (!plain.empty() && plain.back() != '-') plain += '-';
  }
  out.host_size = static_cast<uint8_t>(plain.size());
  std::memcpy(out.host.data(), plain.data(), plain.size());
  std::memset(out.host.data() + plain.size(), 0, 8);
  out.registrable = out.host_size;
  out.state = plain.empty() ? HostText::State::empty : HostText::State::name;
  cut_pieces(out);
}

}  // namespace sekisho::brand
