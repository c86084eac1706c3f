// How the page looks, and the few lines of script that it can do without.
#pragma once

#include <string_view>

namespace leaven::report {

std::string_view style_sheet();
std::string_view script();

}  // namespace leaven::report
