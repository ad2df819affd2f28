// Takes bytes, gives their SHA-256 in hex, by GLib (which comes with GMime). Entry: sha256_hex. Refuses nothing.
#include "mail/digest.h"

#include <glib.h>

namespace sekisho::mail {

std::string sha256_hex(std::string_view bytes) {
  char* text =
      g_compute_checksum_for_data(G_CHECKSUM_SHA256, reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
  std::string out(text);
  g_free(text);
  return out;
}

}  // namespace sekisho::mail
