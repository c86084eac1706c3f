// Rules of a problem as a person says them.
#pragma once

#include <leaven/dna/problem.hpp>

namespace leaven::dna {

/// What must hold, such as "GGTCTC (BsaI) does not occur, on either strand".
Text words_of(const Rule& rule);

/// What an objective wants.
Text words_of(const Goal& goal);

/// Where it holds, as a person counts, such as "bases 1 to 99"; nothing where that is everywhere.
Text words_of(const Place& place);

}  // namespace leaven::dna
