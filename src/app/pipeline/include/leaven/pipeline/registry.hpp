// Every operation of Leaven, in the order in which people meet them: what each surface loops over.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::pipeline {

Registry registry();

}  // namespace leaven::pipeline
