// Any bytes as a mail whose keys and records all exist: verification must end inside its limits, its results must be
// writable and readable again, and what we sign must verify.
#include <cstdint>
#include <cstdlib>

#include "any_answer.h"
#include "base/base64.h"
#include "mailauth/authres.h"
#include "mailauth/dkim2.h"
#include "mailauth/tags.h"
#include "mailauth/verify.h"

namespace {

using namespace sekisho;
using namespace sekisho::mailauth;

// Ed25519 as RFC 8463 appendix A.2 has it: its key is public anyway.
constexpr std::string_view private_key =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE "
    "KEY-----\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const auto key = Key::read_private(private_key);
  if (!key) std::abort();
  static const std::string record = "v=DKIM1; k=ed25519; p=" + encode_base64(key->public_bytes());
  AnyAnswer dns{record};
  const Message message(bytes);
  const AuthEnvelope envelope{"192.0.2.1", "mail.example", "user@example", "gate.example"};
  const AuthReport report = verify(message, envelope, dns, {1'790'000'000, 0});
  if (report.dkim.signatures.size() > DkimLimits{}.signatures) std::abort();
  const std::string field = authentication_results(report, envelope, "gate.example");
  if (!parse_authres(std::string_view(field).substr(field.find(':') + 1))) std::abort();
  (void)to_json(report, envelope);
  (void)report_row(report, envelope, {1'790'000'000, 0});
  (void)verify_dkim2(message, {"user@example", {"other@example"}}, dns, {1'790'000'000, 0});
  const std::string ids[] = {"gate.example"};
  const std::string without = without_claims(message, ids);

  const auto signature = sign_dkim(message, {"sub.example", "s", "", {}, {}, {}, {1'790'000'000, 0}, 0}, *key);
  if (!signature) return 0;  // without From there is nothing to sign
  std::string whole;
  for (const Field& f : message.fields()) whole += f.raw;
  whole += "\r\n" + std::string(message.body());
  const std::string signed_bytes = *signature + whole;
  const Message signed_message(signed_bytes);
  const DkimResults results = verify_dkim(signed_message, dns, {1'790'000'000, 0});
  if (results.signatures.empty() || results.signatures[0].status != DkimStatus::pass) std::abort();
  return 0;
}
