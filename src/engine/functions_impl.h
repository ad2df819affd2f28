// Implementations behind the table of functions.cc, one per documented name. Inside engine/ only.
#pragma once

#include "engine/functions.h"

namespace sekisho::engine::impl {

using Args = std::span<const Datum>;
using Context = CallContext;

// functions_text.cc
Datum base64_decode(const Context&, Args);  // what does not decode comes back unchanged
Datum from_base64(const Context&, Args);    // what does not decode is empty
Datum to_base64(const Context&, Args);
Datum from_hex(const Context&, Args);
Datum coalesce(const Context&, Args);
Datum concat(const Context&, Args);
Datum contains(const Context&, Args);
Datum starts_with(const Context&, Args);
Datum ends_with(const Context&, Args);
Datum equals_any(const Context&, Args);
Datum contains_any(const Context&, Args);
Datum starts_with_any(const Context&, Args);
Datum ends_with_any(const Context&, Args);
Datum count_substrings(const Context&, Args);
Datum extract_domain(const Context&, Args);
Datum extract_hostname(const Context&, Args);
Datum length(const Context&, Args);
Datum trim(const Context&, Args);
Datum ltrim(const Context&, Args);
Datum rtrim(const Context&, Args);
Datum reverse(const Context&, Args);
Datum split(const Context&, Args);
Datum substr(const Context&, Args);
Datum to_lower(const Context&, Args);
Datum to_upper(const Context&, Args);
Datum url_decode(const Context&, Args);
Datum sha256(const Context&, Args);
Datum ip_in_range_cidr(const Context&, Args);
Datum row_matches(const Context&, Args);  // text, pattern; one that does not compile matches nothing

// functions_hash.cc
Datum fingerprint2011(const Context&, Args);
Datum sample_rate(const Context&, Args);
Datum random(const Context&, Args);

// functions_number.cc
Datum array_concat(const Context&, Args);
Datum array_contains(const Context&, Args);
Datum index_to_float(const Context&, Args);
Datum index_to_int(const Context&, Args);
Datum index_to_str(const Context&, Args);
Datum join_string(const Context&, Args);
Datum array_size(const Context&, Args);
Datum array_max(const Context&, Args);
Datum array_min(const Context&, Args);
Datum as_bool(const Context&, Args);
Datum as_float(const Context&, Args);
Datum as_int(const Context&, Args);
Datum as_string(const Context&, Args);
Datum absolute(const Context&, Args);
Datum ceiling(const Context&, Args);
Datum floor_of(const Context&, Args);
Datum geo_distance(const Context&, Args);
Datum is_increasing(const Context&, Args);
Datum logarithm(const Context&, Args);
Datum power(const Context&, Args);
Datum round_to(const Context&, Args);
Datum square_root(const Context&, Args);

// functions_time.cc
Datum as_unix_seconds(const Context&, Args);
Datum current_seconds(const Context&, Args);
Datum time_diff(const Context&, Args);
Datum get_date(const Context&, Args);
Datum get_day_of_week(const Context&, Args);
Datum get_hour(const Context&, Args);
Datum get_minute(const Context&, Args);
Datum get_timestamp(const Context&, Args);
Datum get_week(const Context&, Args);

}  // namespace sekisho::engine::impl
