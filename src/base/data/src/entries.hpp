// The parts of the catalogue, each in order of name.
#pragma once

#include <span>

#include <leaven/data/catalogue.hpp>

namespace leaven::data {

std::span<const DataSet> model_entries();
std::span<const DataSet> sequence_entries();

}  // namespace leaven::data
