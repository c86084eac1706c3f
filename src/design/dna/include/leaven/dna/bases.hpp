// The four bases as numbers.
#pragma once

namespace leaven::dna {

/// 0 … 3 for A C G T and U in either case, -1 for any other letter.
int base_index(char letter);
inline char base_letter(int base) { return "ACGT"[base]; }

}  // namespace leaven::dna
