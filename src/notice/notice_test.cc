#include <doctest/doctest.h>

#include "notice/notice.h"

TEST_CASE("placeholder") { CHECK(sekisho::notice::to_string(sekisho::notice::Audience::staff) == "staff"); }
