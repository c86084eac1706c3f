// The scenario of a model that has one written into it already.
#pragma once

#include <leaven/metabolism/scenario.hpp>

namespace leaven::metabolism {

/// Changes nothing; solved as `given` asks.
inline Scenario as_it_stands(const Scenario& given) {
    Scenario plain;
    plain.tolerance = given.tolerance;
    plain.exact = given.exact;
    return plain;
}

}  // namespace leaven::metabolism
