// Takes bytes, gives their SHA-256 in hex. OpenSSL's EVP interface is used in this file only.
#include "base/sha256.h"

#include <openssl/evp.h>

#include "base/strings.h"

namespace sekisho {

struct Sha256::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(md); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  static EVP_MD* const algorithm =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);  // fetched once: look-ups by name take a lock
  EVP_DigestInit_ex(context_->md, algorithm, nullptr);
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()); }

std::string Sha256::hex() {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_->md, out, &size);
  return sekisho::hex({reinterpret_cast<const char*>(out), size});
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

}  // namespace sekisho
