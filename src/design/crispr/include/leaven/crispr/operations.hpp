// `leaven crispr index|sites|offtargets|oligos|library|design|multiplex`.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::crispr {

std::vector<Operation> operations();

}  // namespace leaven::crispr
