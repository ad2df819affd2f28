// Takes a message and its envelope, gives what its chain of DKIM2 signatures is worth. Entry: verify_dkim2(). Refuses
// nothing: a chain with any fault has a reason.
#include "mailauth/dkim2.h"

#include <algorithm>
#include <map>

#include "base/strings.h"
#include "mailauth/dkim2_recipe.h"
#include "mailauth/signature.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

using enum DkimStatus;

using LowerTags = std::map<std::string, std::string_view>;

// Tag names are read without regard to case. nullopt: no tag list, or a name twice.
std::optional<LowerTags> read_tags(std::string_view value) {
  const auto tags = Tags::read(value);
  if (!tags) return std::nullopt;
  LowerTags out;
  for (const Tag& t : tags->all())
    if (!out.emplace(ascii_lower(t.name), t.value).second) return std::nullopt;
  return out;
}

std::string get(const LowerTags& tags, const char* name) {
  const auto it = tags.find(name);
  return it == tags.end() ? "" : without_space(it->second);
}

struct Value {  // one set of s=
  std::string selector, signature;
  Algorithm algorithm;
};

struct Signature {
  const Field* field = nullptr;
  Dkim2Hop hop;
  int64_t time = 0;
  bool has_envelope = false;
  std::vector<Value> values;
};

struct Instance {
  const Field* field = nullptr;
  uint32_t number = 0;
  std::string header_hash, body_hash;  // of SHA-256; "" where it has none
  std::optional<std::string> recipe;   // JSON
};

std::pair<std::string_view, std::string_view> local_and_domain(std::string_view address) {
  if (address.starts_with('<')) address.remove_prefix(1);
  if (address.ends_with('>')) address.remove_suffix(1);
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos) return {address, {}};
  return {address.substr(0, at), address.substr(at + 1)};
}
bool same_address(std::string_view a, std::string_view b) {
  const auto [a_local, a_domain] = local_and_domain(a);
  const auto [b_local, b_domain] = local_and_domain(b);
  return a_local == b_local && iequals(a_domain, b_domain);
}
bool within_domain(std::string_view host, std::string_view domain) {
  return !domain.empty() && net::within(ascii_lower(host), ascii_lower(domain));
}

constexpr size_t kMostValues = 10;  // in one s=

// name:value without any white space.
std::string squeezed(const Field& f) {
  return ascii_lower(without_space(f.name)) + ":" + without_space(f.value) + "\r\n";
}

// The same with the signatures in s= left out: what stands behind the second colon of each set.
std::string squeezed_unsigned(const Field& f) {
  std::string out = ascii_lower(without_space(f.name)) + ":";
  bool first = true;
  for (const std::string_view piece : split(f.value, ';')) {
    if (!first) out += ';';
    first = false;
    const std::string tag = without_space(piece);
    if (!istarts_with(tag, "s=")) {
      out += tag;
      continue;
    }
    out += tag.substr(0, 2);
    bool first_set = true;
    for (const std::string_view set : split(std::string_view(tag).substr(2), ',')) {
      if (!first_set) out += ',';
      first_set = false;
      const size_t colon = set.find(':');
      const size_t second = colon == std::string_view::npos ? colon : set.find(':', colon + 1);
      out += set.substr(0, second == std::string_view::npos ? second : second + 1);
    }
  }
  return out + "\r\n";
}

std::string header_hash(const Message& message) {
  std::vector<const Field*> fields;
  for (auto f = message.fields().rbegin(); f != message.fields().rend(); ++f)
    if (!outside_dkim2(f->name)) fields.push_back(&*f);
  std::ranges::stable_sort(fields, {}, [](const Field* f) { return ascii_lower(f->name); });
  std::string all;
  for (const Field* f : fields) all += canonical_field(*f, Canonical::relaxed);
  return sha256(all);
}

class Chain {
 public:
  Chain(const Message& message, const Dkim2Envelope& envelope, net::Resolver& resolver, Timestamp now,
        const Dkim2Limits& limits)
      : message_(message), envelope_(envelope), resolver_(resolver), now_(now), limits_(limits) {}

  Dkim2Result run() {
    out_.status = pass;
    const bool sound =
        read() && check_order() && check_custody() && check_signatures() && check_contents() && check_flags();
    (void)sound;
    for (const Signature& s : signatures_) out_.hops.push_back(s.hop);
    return std::move(out_);
  }

 private:
  bool end(DkimStatus status, std::string reason) {
    out_.status = status;
    out_.reason = std::move(reason);
    return false;
  }
  static std::string at(uint32_t i) { return " (i=" + std::to_string(i) + ")"; }

  bool read() {
    const auto signatures = message_.all("DKIM2-Signature"), instances = message_.all("Message-Instance");
    if (signatures.empty()) return end(none, "");
    if (signatures.size() > limits_.hops || instances.size() > limits_.hops)
      return end(permerror, "the chain is too long");
    for (const Field* f : signatures)
      if (!read_signature(*f)) return false;
    for (const Field* f : instances)
      if (!read_instance(*f)) return false;
    std::ranges::sort(signatures_, {}, [](const Signature& s) { return s.hop.number; });
    std::ranges::sort(instances_, {}, &Instance::number);
    return true;
  }

  bool read_signature(const Field& field) {
    const auto tags = read_tags(field.value);
    if (!tags) return end(permerror, "a signature cannot be read");
    Signature& s = signatures_.emplace_back();
    s.field = &field;
    for (const char* needed : {"i", "m", "t", "d", "s"})
      if (!tags->contains(needed)) return end(permerror, std::string("a signature without ") + needed + "=");
    const auto i = tag_number(get(*tags, "i")), m = tag_number(get(*tags, "m")), t = tag_number(get(*tags, "t"));
    if (!i || !m || !t || *i > 1000 || *m > 1000 || *m == 0) return end(permerror, "i=, m= or t= is no number");
    s.hop.number = static_cast<uint32_t>(*i);
    s.hop.instance = static_cast<uint32_t>(*m);
    s.time = static_cast<int64_t>(*t);
    s.hop.domain = ascii_lower(get(*tags, "d"));
    if (!is_domain_name(s.hop.domain)) return end(permerror, "d= is no domain");
    if (get(*tags, "n").size() > 64) return end(permerror, "n= is too long");
    for (const std::string_view flag : split(get(*tags, "f"), ','))
      if (!flag.empty()) s.hop.flags.emplace_back(flag);
    const bool next = tags->contains("nd"), mf = tags->contains("mf"), rt = tags->contains("rt");
    if (next == (mf || rt) || mf != rt) return end(permerror, "a signature needs mf= and rt=, or nd=");
    s.hop.next_domain = ascii_lower(get(*tags, "nd"));
    s.has_envelope = mf;
    if (mf && !read_envelope(*tags, s)) return end(permerror, "mf= or rt= cannot be read");
    return read_values(get(*tags, "s"), s);
  }

  bool read_envelope(const LowerTags& tags, Signature& s) {
    const auto bracketed = [&](const std::string& a) {
      return !limits_.brackets || (a.starts_with('<') && a.ends_with('>'));
    };
    const auto from = from_base64(get(tags, "mf"));
    if (!from || !bracketed(*from)) return false;
    s.hop.mail_from = *from;
    const std::string list = get(tags, "rt");
    for (const std::string_view one : split(list, ',')) {
      const auto to = from_base64(one);
      if (!to || !bracketed(*to)) return false;
      s.hop.recipients.push_back(*to);
    }
    return true;
  }

  bool read_values(const std::string& list, Signature& s) {
    for (const std::string_view set : split(list, ',')) {
      const auto parts = split(set, ':');
      if (parts.size() != 3) return end(permerror, "s= cannot be read" + at(s.hop.number));
      const auto with = algorithm(parts[1]);
      if (!with || *with == Algorithm::rsa_sha1) continue;
      auto bytes = from_base64(parts[2]);
      if (!bytes) return end(permerror, "a signature is no base64" + at(s.hop.number));
      if (s.values.size() == kMostValues) return end(permerror, "too many signatures in one" + at(s.hop.number));
      s.values.push_back({std::string(parts[0]), *std::move(bytes), *with});
    }
    return true;
  }

  bool read_instance(const Field& field) {
    const auto tags = read_tags(field.value);
    if (!tags) return end(permerror, "a Message-Instance cannot be read");
    Instance& instance = instances_.emplace_back();
    instance.field = &field;
    const auto m = tag_number(get(*tags, "m"));
    if (!m || *m > 1000) return end(permerror, "a Message-Instance without m=");
    instance.number = static_cast<uint32_t>(*m);
    const std::string sets = get(*tags, "h");
    for (const std::string_view set : split(sets, ',')) {
      const auto parts = split(set, ':');
      if (parts.size() < 3 || parts[0] != "sha256") continue;
      const auto header = from_base64(parts[1]), body = from_base64(parts[2]);
      if (!header || !body) return end(permerror, "h= is no base64");
      instance.header_hash = *header;
      instance.body_hash = *body;
    }
    if (tags->contains("r")) {
      auto json = from_base64(get(*tags, "r"));
      if (!json) return end(permerror, "r= is no base64");
      instance.recipe = *std::move(json);
    }
    return true;
  }

  bool check_order() {
    for (size_t i = 0; i < signatures_.size(); ++i) {
      const Signature& s = signatures_[i];
      if (s.hop.number != i + 1) return end(permerror, "the signatures are not numbered from 1 on");
      if (now_.seconds - s.time > limits_.oldest_seconds) return end(permerror, "signature expired" + at(s.hop.number));
    }
    for (size_t m = 0; m < instances_.size(); ++m)
      if (instances_[m].number != m + 1) return end(permerror, "the instances are not numbered from 1 on");
    if (instances_.empty()) return end(permerror, "there is no Message-Instance");
    if (instances_.back().header_hash.empty()) return end(permerror, "the last instance has no SHA-256 hash");
    if (instances_.back().number != signatures_.back().hop.instance)
      return end(permerror, "the last signature is not over the last instance");
    return true;
  }

  // The envelope is that of the last signature, and each hop got the message from the one before.
  bool check_custody() {
    const Signature& last = signatures_.back();
    if (!last.has_envelope) return end(permerror, "the last signature names a next domain");
    if (!same_address(envelope_.mail_from, last.hop.mail_from))
      return end(permerror, "MAIL FROM is not the one signed");
    for (const std::string& to : envelope_.recipients)
      if (std::ranges::none_of(last.hop.recipients, [&](const std::string& r) { return same_address(to, r); }))
        return end(permerror, "a recipient is not among those signed");
    if (last.hop.mail_from != "<>" && !within_domain(local_and_domain(last.hop.mail_from).second, last.hop.domain))
      return end(permerror, "MAIL FROM is not of the signing domain");
    for (size_t i = 1; i < signatures_.size(); ++i) {
      const Signature &before = signatures_[i - 1], &s = signatures_[i];
      if (!before.has_envelope) {
        if (before.hop.next_domain != s.hop.domain) return end(permerror, "not the next domain" + at(s.hop.number));
        continue;
      }
      const std::string_view domain =
          s.has_envelope ? local_and_domain(s.hop.mail_from).second : std::string_view(s.hop.domain);
      const bool got = std::ranges::any_of(before.hop.recipients, [&](const std::string& r) {
        return within_domain(domain, local_and_domain(r).second);
      });
      if (!got) return end(permerror, "the message was not sent to this hop" + at(s.hop.number));
    }
    return true;
  }

  bool check_signatures() {
    constexpr size_t kLeastBits = 1024;
    for (const Signature& s : signatures_) {
      if (s.values.empty()) return end(fail, "no known algorithm" + at(s.hop.number));
      std::string bytes;
      for (const Instance& i : instances_)
        if (i.number <= s.hop.instance) bytes += squeezed(*i.field);
      for (const Signature& before : signatures_)
        if (before.hop.number < s.hop.number) bytes += squeezed(*before.field);
      bytes += squeezed_unsigned(*s.field);
      for (const Value& v : s.values) {
        const FoundKey found = find_key(v.selector, s.hop.domain, v.algorithm, resolver_, kLeastBits);
        if (found.status != pass)
          return end(found.status == policy ? permerror : found.status, found.reason + at(s.hop.number));
        if (!found.key->verify(v.algorithm, bytes, v.signature))
          return end(fail, "signature did not verify" + at(s.hop.number));
      }
    }
    return true;
  }

  // What there is now against the last instance, then what it was before against the one before, and so on.
  bool check_contents() {
    std::string before;
    const Message* current = &message_;
    std::unique_ptr<Message> undone;
    for (auto i = instances_.rbegin(); i != instances_.rend(); ++i) {
      const std::string where = " (m=" + std::to_string(i->number) + ")";
      if (!i->header_hash.empty()) {
        if (header_hash(*current) != i->header_hash) return end(fail, "header hash did not verify" + where);
        if (sha256(canonical_body(current->body(), Canonical::simple)) != i->body_hash)
          return end(fail, "body hash did not verify" + where);
      }
      if (i->number == 1 || !i->recipe) continue;
      auto text = undo(*current, *i->recipe);
      if (!text) return end(fail, "the changes cannot be undone" + where);
      undone.reset();
      before = *std::move(text);
      undone = std::make_unique<Message>(std::string_view(before));
      current = undone.get();
    }
    return true;
  }

  bool check_flags() {
    const auto has = [](const Signature& s, std::string_view flag) {
      return std::ranges::find(s.hop.flags, flag) != s.hop.flags.end();
    };
    for (const Signature& s : signatures_) {
      if (has(s, "donotmodify"))
        for (const Instance& i : instances_)
          if (i.number > s.hop.instance && (i.header_hash != instances_[s.hop.instance - 1].header_hash ||
                                            i.body_hash != instances_[s.hop.instance - 1].body_hash))
            return end(fail, "changed, though a hop forbade it" + at(s.hop.number));
      if (has(s, "donotexplode"))
        for (const Signature& later : signatures_)
          if (later.hop.number > s.hop.number && has(later, "exploded"))
            return end(fail, "sent on to several, though a hop forbade it" + at(s.hop.number));
    }
    return true;
  }

  const Message& message_;
  const Dkim2Envelope& envelope_;
  net::Resolver& resolver_;
  const Timestamp now_;
  const Dkim2Limits limits_;
  std::vector<Signature> signatures_;
  std::vector<Instance> instances_;
  Dkim2Result out_;
};

}  // namespace

Dkim2Result verify_dkim2(const Message& message, const Dkim2Envelope& envelope, net::Resolver& resolver, Timestamp now,
                         const Dkim2Limits& limits) {
  return Chain(message, envelope, resolver, now, limits).run();
}

}  // namespace sekisho::mailauth
