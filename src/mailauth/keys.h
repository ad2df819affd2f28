// Keys of signatures (RFC 6376 section 3.6.1, RFC 8301, RFC 8463): public ones from DNS, private ones from PEM; and the
// two things that are done with them. OpenSSL stays in keys.cc.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::mailauth {

enum class Algorithm : uint8_t { rsa_sha256, ed25519_sha256, rsa_sha1 };
std::string_view algorithm_name(Algorithm algorithm);
std::optional<Algorithm> algorithm(std::string_view name);

class Key {
 public:
  // bytes: of p=. RSA: SubjectPublicKeyInfo or RSAPublicKey (DER); Ed25519: the 32 bytes. nullopt: no such key.
  static std::optional<Key> read_public(Algorithm algorithm, std::string_view bytes);
  // PEM; RSA or Ed25519. Error: "auth.key".
  static Result<Key> read_private(std::string_view pem);
  ~Key();
  Key(Key&&) noexcept;
  Key& operator=(Key&&) noexcept;

  Algorithm algorithm() const;  // rsa_sha256 or ed25519_sha256
  size_t bits() const;
  // Over the bytes that were signed: hashed by SHA-256 (or SHA-1) first, Ed25519 signs that hash.
  bool verify(Algorithm with, std::string_view bytes, std::string_view signature) const;
  std::string sign(std::string_view bytes) const;  // "" if it cannot
  std::string public_bytes() const;                // what p= holds, before base64

 private:
  struct Impl;
  explicit Key(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

std::string sha256(std::string_view bytes);  // 32 bytes
std::string sha1(std::string_view bytes);    // 20 bytes

}  // namespace sekisho::mailauth
