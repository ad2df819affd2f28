// Takes keys and bytes, gives whether a signature is theirs, or a signature. Entry: Key. Refuses what OpenSSL cannot
// read, and RSA keys over 16,384 bits, which only cost time.
#include "mailauth/keys.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <mutex>

#include "base/strings.h"

namespace sekisho::mailauth {
namespace {

constexpr size_t kMostBits = 16'384;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
  void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
  void operator()(ASN1_SEQUENCE_ANY* sequence) const { sk_ASN1_TYPE_pop_free(sequence, ASN1_TYPE_free); }
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

using Sequence = Owned<ASN1_SEQUENCE_ANY>;
Sequence read_sequence(std::string_view der) {
  const unsigned char* at = data(der);
  return Sequence(d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(der.size())));
}
ASN1_TYPE* element(const Sequence& sequence, int i, int type) {
  ASN1_TYPE* found = sequence ? sk_ASN1_TYPE_value(sequence.get(), i) : nullptr;
  return found != nullptr && ASN1_TYPE_get(found) == type ? found : nullptr;
}
std::string_view bytes_of(const ASN1_STRING* s) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(s)), static_cast<size_t>(ASN1_STRING_length(s))};
}

// RSAPublicKey (RFC 8017 appendix A.1.1), alone or inside a SubjectPublicKeyInfo. By its parts, since OpenSSL 3 takes
// seven times as long as a verification to find out by itself what a key is.
Owned<EVP_PKEY> read_rsa(std::string_view der) {
  Sequence outer = read_sequence(der);
  if (const ASN1_TYPE* inside = element(outer, 1, V_ASN1_BIT_STRING)) {
    const ASN1_TYPE* about = element(outer, 0, V_ASN1_SEQUENCE);
    const Sequence kind = about ? read_sequence(bytes_of(about->value.sequence)) : nullptr;
    const ASN1_TYPE* object = element(kind, 0, V_ASN1_OBJECT);
    if (object == nullptr || OBJ_obj2nid(object->value.object) != NID_rsaEncryption) return nullptr;
    outer = read_sequence(bytes_of(inside->value.bit_string));
  }
  const ASN1_TYPE *n = element(outer, 0, V_ASN1_INTEGER), *e = element(outer, 1, V_ASN1_INTEGER);
  if (n == nullptr || e == nullptr) return nullptr;
  const Owned<BIGNUM> modulus(ASN1_INTEGER_to_BN(n->value.integer, nullptr)),
      exponent(ASN1_INTEGER_to_BN(e->value.integer, nullptr));
  if (!modulus || !exponent || BN_is_negative(modulus.get()) || BN_is_negative(exponent.get()) ||
      static_cast<size_t>(BN_num_bits(modulus.get())) > kMostBits)
    return nullptr;
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (parameters && EVP_PKEY_fromdata_init(context.get()) == 1)
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return Owned<EVP_PKEY>(key);
}

// Keys that were read already: few domains send most mail, and a key costs nearly what a verification does. One for the
// process; a key is only ever read once it is there (OpenSSL counts its owners and locks what it keeps in it).
class ReadKeys {
 public:
  Owned<EVP_PKEY> get(std::string_view der) {
    {
      const std::scoped_lock lock(mutex_);
      if (const auto it = keys_.find(der); it != keys_.end()) return shared(it->second.get());
    }
    Owned<EVP_PKEY> key = read_rsa(der);
    if (!key) return nullptr;
    Owned<EVP_PKEY> kept = shared(key.get());
    const std::scoped_lock lock(mutex_);
    if (keys_.size() >= kMost) keys_.clear();
    keys_.insert_or_assign(std::string(der), std::move(kept));
    return key;
  }

 private:
  static constexpr size_t kMost = 512;
  static Owned<EVP_PKEY> shared(EVP_PKEY* key) { return Owned<EVP_PKEY>(EVP_PKEY_up_ref(key) == 1 ? key : nullptr); }
  std::mutex mutex_;
  StringMap<Owned<EVP_PKEY>> keys_;
};

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
    static ReadKeys read;
    key = read.get(bytes);
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
