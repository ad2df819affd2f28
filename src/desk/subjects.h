// Who and what an article names: brands, processes, what is asked for, actors, subject lines of the lure, dates,
// numbers. Reads an Analysis; writes into the Advisory.
#pragma once

#include <functional>

#include "desk/analysis.h"
#include "scan/settings.h"

namespace sekisho::desk {

// Where a stretch of a source's text stands in the bytes of the source.
using PlaceOf = std::function<Place(uint32_t at, uint32_t length)>;

struct SubjectContext {
  const DeskContent* desk = nullptr;
  const brand::Brands* brands = nullptr;
  const scan::DeskProfile* profile = nullptr;
  PlaceOf place;
};
// Adds to what is there already (several articles of one event). What names nothing new is left out.
void add_subjects(const Analysis& analysis, const SubjectContext& context, Advisory& out);

}  // namespace sekisho::desk
