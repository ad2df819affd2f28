// Each sentence of an article as fact, hypothesis or advice, with its place, themes and techniques, and how much it
// says.
#pragma once

#include "desk/analysis.h"
#include "desk/subjects.h"

namespace sekisho::desk {

// Adds the sentences of the body (titles, bylines and bare indicators are none). source: index in Advisory::sources,
// which must hold it already. Techniques are suggested for facts and hypotheses that speak of an attack.
void add_statements(const Analysis& analysis, const DeskContent& desk, uint32_t source, const PlaceOf& place,
                    Advisory& out);

// Whether the sentence tells somebody what to do: what it names is no part of the attack.
bool advises(const Analysis& analysis, const DeskContent& desk, const Sentence& sentence);

// Chooses Advisory::key_points and deep_dive from all statements.
void choose_points(const Numbers& numbers, Advisory& out);

}  // namespace sekisho::desk
