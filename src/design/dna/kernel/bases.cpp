#include <leaven/dna/bases.hpp>

namespace leaven::dna {

int base_index(char letter) {
    switch (letter) {
        case 'A':
        case 'a':
            return 0;
        case 'C':
        case 'c':
            return 1;
        case 'G':
        case 'g':
            return 2;
        case 'T':
        case 't':
        case 'U':
        case 'u':
            return 3;
        default:
            return -1;
    }
}

}  // namespace leaven::dna
