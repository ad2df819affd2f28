// Takes keys and bytes, gives whether a signature is theirs, or a signature. Entry: Key. Refuses what OpenSSL cannot
// read, and RSA keys over 16,384 bits, which only cost time.
#include "mailauth/keys.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace sekisho::mailauth {
namespace {

constexpr size_t kMostBits = 16'384;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* data(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* data(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

std::string digest(const EVP_MD* kind, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), data(out), &size, kind, nullptr);
  out.resize(size);
  return out;
}

}  // namespace

std::string sha256(std::string_view bytes) { return digest(EVP_sha256(), bytes); }
std::string sha1(std::string_view bytes) { return digest(EVP_sha1(), bytes); }

std::string_view algorithm_name(Algorithm algorithm) {
  return algorithm == Algorithm::rsa_sha256       ? "rsa-sha256"
         : algorithm == Algorithm::ed25519_sha256 ? "ed25519-sha256"
                                                  : "rsa-sha1";
}
std::optional<Algorithm> algorithm(std::string_view name) {
  for (const Algorithm a : {Algorithm::rsa_sha256, Algorithm::ed25519_sha256, Algorithm::rsa_sha1})
    if (algorithm_name(a) == name) return a;
  return std::nullopt;
}

struct Key::Impl {
  Owned<EVP_PKEY> key;
};
Key::Key(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Key::~Key() = default;
Key::Key(Key&&) noexcept = default;
Key& Key::operator=(Key&&) noexcept = default;

std::optional<Key> Key::read_public(Algorithm algorithm, std::string_view bytes) {
  Owned<EVP_PKEY> key;
  if (algorithm == Algorithm::ed25519_sha256) {
    if (bytes.size() == 32)
      key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data(bytes), bytes.size()));
  } else {
    const unsigned char* at = data(bytes);
    key.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(bytes.size())));
    if (!key) {
      at = data(bytes);
      key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(bytes.size())));
    }
    if (key && (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
                static_cast<size_t>(EVP_PKEY_get_bits(key.get())) > kMostBits))
      key.reset();
  }
  if (!key) return std::nullopt;
  auto impl = std::make_unique<Impl>();
  impl->key = std::move(key);
  return Key(std::move(impl));
}

Result<Key> Key::read_private(std::string_view pem) {
  const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(
      bio.get(), nullptr, [](char*, int, int, void*) { return 0; }, nullptr));  // no password is asked for
  const int kind = key ? EVP_PKEY_get_base_id(key.get()) : 0;
  if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_ED25519)
    return fail("auth.key", "no private RSA or Ed25519 key",
                "PEM without a password: openssl genpkey -algorithm ed25519");
  auto impl = std::make_unique<Impl>();
  impl->key = std::move(key);
  return Key(std::move(impl));
}

Algorithm Key::algorithm() const {
  return EVP_PKEY_get_base_id(impl_->key.get()) == EVP_PKEY_RSA ? Algorithm::rsa_sha256 : Algorithm::ed25519_sha256;
}
size_t Key::bits() const { return static_cast<size_t>(EVP_PKEY_get_bits(impl_->key.get())); }

bool Key::verify(Algorithm with, std::string_view bytes, std::string_view signature) const {
  if ((with == Algorithm::ed25519_sha256) != (algorithm() == Algorithm::ed25519_sha256)) return false;
  if (with == Algorithm::ed25519_sha256) {
    const std::string hash = sha256(bytes);
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) == 1 &&
           EVP_DigestVerify(context.get(), data(signature), signature.size(), data(std::string_view(hash)),
                            hash.size()) == 1;
  }
  const EVP_MD* kind = with == Algorithm::rsa_sha1 ? EVP_sha1() : EVP_sha256();
  const std::string hash = digest(kind, bytes);
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(impl_->key.get(), nullptr));
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), kind) == 1 &&
         EVP_PKEY_verify(context.get(), data(signature), signature.size(), data(std::string_view(hash)), hash.size()) ==
             1;
}

std::string Key::sign(std::string_view bytes) const {
  const std::string hash = sha256(bytes);
  const bool rsa = algorithm() == Algorithm::rsa_sha256;
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  size_t size = 0;
  if (rsa) {
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, impl_->key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, data(bytes), bytes.size()) != 1)
      return "";
  } else if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) != 1 ||
             EVP_DigestSign(context.get(), nullptr, &size, data(std::string_view(hash)), hash.size()) != 1) {
    return "";
  }
  std::string out(size, '\0');
  const std::string_view signed_bytes = rsa ? bytes : std::string_view(hash);
  if (EVP_DigestSign(context.get(), data(out), &size, data(signed_bytes), signed_bytes.size()) != 1) return "";
  out.resize(size);
  return out;
}

std::string Key::public_bytes() const {
  if (algorithm() == Algorithm::ed25519_sha256) {
    std::string out(32, '\0');
    size_t size = out.size();
    return EVP_PKEY_get_raw_public_key(impl_->key.get(), data(out), &size) == 1 ? out : "";
  }
  unsigned char* made = nullptr;
  const int size = i2d_PUBKEY(impl_->key.get(), &made);
  if (size <= 0) return "";
  std::string out(reinterpret_cast<char*>(made), static_cast<size_t>(size));
  OPENSSL_free(made);
  return out;
}

}  // namespace sekisho::mailauth
