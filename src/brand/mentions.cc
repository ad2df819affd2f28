// Takes normalised text, gives the brands named in it. One entry: Brands::mentions. Refuses nothing; hits are capped.
#include "brand/brand.h"

namespace sekisho::brand {

bool Mentions::has_context(Index brand) const { return std::binary_search(context.begin(), context.end(), brand); }

Mentions Brands::mentions(std::string_view normalized, size_t most) const {
  Mentions out;
  // A text may name one brand thousands of times: each keeps a few places, so that none crowds out another.
  constexpr uint32_t kMostPerBrand = 8;
  std::vector<uint32_t> kept(brands_.size());
  for (const text::Phrases::Hit& hit : names_.find(normalized, most * 100)) {
    const NameOf& name = name_of_[hit.phrase];
    if (name.context) out.context.push_back(name.brand);
    else if (out.names.size() < most && kept[name.brand]++ < kMostPerBrand)
      out.names.push_back({name.brand, hit.offset, hit.length, name.ambiguous});
  }
  std::sort(out.context.begin(), out.context.end());
  out.context.erase(std::unique(out.context.begin(), out.context.end()), out.context.end());
  return out;
}

}  // namespace sekisho::brand
