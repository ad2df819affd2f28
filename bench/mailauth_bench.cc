// CPU of verifying mail against a bare loop over OpenSSL, over the same bytes in the same run, one thread, answers from
// memory. Prints: mailauth/bare_rsa2048, mailauth/dkim_rsa2048, mailauth/ratio, and the same for Ed25519 and for all of
// SPF, DKIM, ARC and DMARC. The ratio of rsa2048 is the one with a bar: at most 2.
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <ctime>
#include <vector>

#include "base/base64.h"
#include "mailauth/tags.h"
#include "mailauth/verify.h"

namespace {

using namespace sekisho;
using namespace sekisho::mailauth;

constexpr Timestamp kNow{1'790'000'000, 0};

double cpu_seconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::string made_key(const char* type, size_t bits) {
  EVP_PKEY* key = bits ? EVP_PKEY_Q_keygen(nullptr, nullptr, type, bits) : EVP_PKEY_Q_keygen(nullptr, nullptr, type);
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const auto size = static_cast<size_t>(BIO_get_mem_data(out, &data));
  const std::string text(data, size);
  BIO_free(out);
  EVP_PKEY_free(key);
  return text;
}

// An ordinary mail of some size: lines of 72 bytes with runs of spaces, as relaxed canonicalisation has to look at
// them.
std::string mail(size_t bytes) {
  std::string text =
      "Received: from mail.corp.example (mail.corp.example [192.0.2.1])\r\n\tby gate.example with ESMTPS id "
      "4Xyz\r\n\tfor "
      "<user@gate.example>; Sun, 22 Nov 2026 10:00:00 +0900\r\nFrom: Accounts <accounts@corp.example>\r\nTo: "
      "user@gate.example\r\nSubject: Minutes of the meeting\r\n of last week\r\nDate: Sun, 22 Nov 2026 10:00:00 "
      "+0900\r\nMessage-ID: <20261122100000@corp.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
      "charset=utf-8\r\n\r\n";
  while (text.size() < bytes) text += "The  meeting of the committee took note of the plan for the next  \tyear.\r\n";
  return text;
}

// What nobody can do without: one SHA-256 over the body, one verification over the header.
class Bare {
 public:
  Bare(std::string_view public_der, bool rsa) : rsa_(rsa) {
    const auto* p = reinterpret_cast<const unsigned char*>(public_der.data());
    key_ = rsa ? d2i_PUBKEY(nullptr, &p, static_cast<long>(public_der.size()))
               : EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, p, public_der.size());
  }
  ~Bare() { EVP_PKEY_free(key_); }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  bool verify(std::string_view header, std::string_view body, std::string_view signature) const {
    unsigned char hash[32];
    unsigned int n = 0;
    EVP_Digest(body.data(), body.size(), hash, &n, EVP_sha256(), nullptr);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const auto bytes = [](std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); };
    std::string hashed;
    if (!rsa_) {
      EVP_Digest(header.data(), header.size(), hash, &n, EVP_sha256(), nullptr);
      hashed.assign(reinterpret_cast<char*>(hash), n);
      header = hashed;
    }
    EVP_DigestVerifyInit(context, nullptr, rsa_ ? EVP_sha256() : nullptr, nullptr, key_);
    const bool ok = EVP_DigestVerify(context, bytes(signature), signature.size(), bytes(header), header.size()) == 1;
    EVP_MD_CTX_free(context);
    return ok;
  }

 private:
  bool rsa_;
  EVP_PKEY* key_ = nullptr;
};

double median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return v[v.size() / 2];
}

void run(const std::string& name, const std::string& pem, size_t bytes, bool rsa) {
  auto key = Key::read_private(pem);
  if (!key) std::exit(2);
  const std::string plain = mail(bytes);
  const Message unsigned_message(plain);
  const auto field = sign_dkim(unsigned_message, {"corp.example", "s", "", {}, {}, {}, kNow, 0}, *key);
  if (!field) std::exit(2);
  const std::string whole = *field + plain;
  net::ZoneResolver dns;
  dns.add("s._domainkey.corp.example", net::DnsType::txt,
          {"v=DKIM1; k=" + std::string(rsa ? "rsa" : "ed25519") + "; p=" + encode_base64(key->public_bytes()), 0});
  dns.add("corp.example", net::DnsType::txt, {"v=spf1 ip4:192.0.2.0/24 -all", 0});
  dns.add("_dmarc.corp.example", net::DnsType::txt, {"v=DMARC1; p=reject", 0});

  // The loop's header and body are the canonical ones, made outside the time; so is its key.
  const std::string header = whole.substr(0, whole.find("\r\n\r\n"));
  const std::string body = canonical_body(unsigned_message.body(), Canonical::relaxed);
  const std::string signature = key->sign(header);
  const Bare bare(key->public_bytes(), rsa);
  if (!bare.verify(header, body, signature)) std::exit(2);

  const size_t times = std::clamp<size_t>(40'000'000 / (bytes + 60'000), 50, 400);
  std::vector<double> loop, dkim, all, ratio;
  for (int round = 0; round < 9; ++round) {
    double start = cpu_seconds();
    for (size_t i = 0; i < times; ++i)
      if (!bare.verify(header, body, signature)) std::exit(2);
    loop.push_back((cpu_seconds() - start) / static_cast<double>(times));
    start = cpu_seconds();
    for (size_t i = 0; i < times; ++i) {
      const Message message(whole);
      const DkimResults r = verify_dkim(message, dns, kNow);
      if (r.signatures.empty() || r.signatures[0].status != DkimStatus::pass) std::exit(2);
    }
    dkim.push_back((cpu_seconds() - start) / static_cast<double>(times));
    start = cpu_seconds();
    for (size_t i = 0; i < times; ++i) {
      const Message message(whole);
      if (verify(message, {"192.0.2.1", "mail.corp.example", "a@corp.example"}, dns, kNow).dmarc.status !=
          DmarcStatus::pass)
        std::exit(2);
    }
    all.push_back((cpu_seconds() - start) / static_cast<double>(times));
    ratio.push_back(dkim.back() / loop.back());
  }
  fmt::print("mailauth/{}/bare  {:.1f} us\n", name, median(loop) * 1e6);
  fmt::print("mailauth/{}/dkim  {:.1f} us\n", name, median(dkim) * 1e6);
  fmt::print("mailauth/{}/ratio  {:.2f} x\n", name, median(ratio));
  fmt::print("mailauth/{}/spf_dkim_arc_dmarc  {:.1f} us\n", name, median(all) * 1e6);
}

}  // namespace

int main() {
  const std::string rsa = made_key("RSA", 2048), ed = made_key("ED25519", 0);
  for (const auto& [name, bytes] : {std::pair{"4k", size_t{4096}}, {"40k", 40'960}, {"1m", 1u << 20}}) {
    run(fmt::format("rsa2048_{}", name), rsa, bytes, true);
    run(fmt::format("ed25519_{}", name), ed, bytes, false);
  }
}
