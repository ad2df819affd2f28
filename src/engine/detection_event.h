// A detection as the event that composite rules read ($d.detection.*). Inside engine/ only.
#pragma once

#include "engine/engine.h"
#include "event/event.h"

namespace sekisho::engine {

// Root Schema::detection(). id tells one detection of a run from all others; it is the same in every run.
event::Event detection_event(const Rule& rule, const Detection& detection);

}  // namespace sekisho::engine
