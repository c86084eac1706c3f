// Standard atomic weights 2021: Prohaska et al., Pure Appl. Chem. 94:573, 2022, doi:10.1515/pac-2019-0603.
//
// Of fourteen elements (H, Li, B, C, N, O, Mg, Si, S, Cl, Ar, Br, Tl, Pb) the standard weight is an interval since
// 2009, and the conventional value beside it has four or five digits. For these the last single value is kept (Wieser,
// Berglund 2009, doi:10.1351/PAC-REP-09-08-03): it lies within the interval, has a digit more, and is what other
// programs of the field use, so that yields in g/g agree. 0: no standard atomic weight, for want of a stable isotope.

#include <algorithm>
#include <array>
#include <utility>

#include <leaven/metabolism/formula.hpp>

namespace leaven::metabolism {
namespace {

using Weight = std::pair<std::string_view, double>;

// clang-format off
constexpr std::array<Weight, 118> by_number{{
    {"H", 1.00794}, {"He", 4.002602}, {"Li", 6.941}, {"Be", 9.0121831}, {"B", 10.811}, {"C", 12.0107}, {"N", 14.0067},
    {"O", 15.9994}, {"F", 18.998403162}, {"Ne", 20.1797}, {"Na", 22.98976928}, {"Mg", 24.3050}, {"Al", 26.9815384},
    {"Si", 28.0855}, {"P", 30.973761998}, {"S", 32.065}, {"Cl", 35.453}, {"Ar", 39.948}, {"K", 39.0983}, {"Ca", 40.078},
    {"Sc", 44.955907}, {"Ti", 47.867}, {"V", 50.9415}, {"Cr", 51.9961}, {"Mn", 54.938043}, {"Fe", 55.845},
    {"Co", 58.933194}, {"Ni", 58.6934}, {"Cu", 63.546}, {"Zn", 65.38}, {"Ga", 69.723}, {"Ge", 72.630},
    {"As", 74.921595}, {"Se", 78.971}, {"Br", 79.904}, {"Kr", 83.798}, {"Rb", 85.4678}, {"Sr", 87.62},
    {"Y", 88.905838}, {"Zr", 91.224}, {"Nb", 92.90637}, {"Mo", 95.95}, {"Tc", 0}, {"Ru", 101.07}, {"Rh", 102.90549},
    {"Pd", 106.42}, {"Ag", 107.8682}, {"Cd", 112.414}, {"In", 114.818}, {"Sn", 118.710}, {"Sb", 121.760},
    {"Te", 127.60}, {"I", 126.90447}, {"Xe", 131.293}, {"Cs", 132.90545196}, {"Ba", 137.327}, {"La", 138.90547},
    {"Ce", 140.116}, {"Pr", 140.90766}, {"Nd", 144.242}, {"Pm", 0}, {"Sm", 150.36}, {"Eu", 151.964}, {"Gd", 157.25},
    {"Tb", 158.925354}, {"Dy", 162.500}, {"Ho", 164.930329}, {"Er", 167.259}, {"Tm", 168.934219}, {"Yb", 173.045},
    {"Lu", 174.9668}, {"Hf", 178.486}, {"Ta", 180.94788}, {"W", 183.84}, {"Re", 186.207}, {"Os", 190.23},
    {"Ir", 192.217}, {"Pt", 195.084}, {"Au", 196.966570}, {"Hg", 200.592}, {"Tl", 204.3833}, {"Pb", 207.2},
    {"Bi", 208.98040}, {"Po", 0}, {"At", 0}, {"Rn", 0}, {"Fr", 0}, {"Ra", 0}, {"Ac", 0}, {"Th", 232.0377},
    {"Pa", 231.03588}, {"U", 238.02891}, {"Np", 0}, {"Pu", 0}, {"Am", 0}, {"Cm", 0}, {"Bk", 0}, {"Cf", 0}, {"Es", 0},
    {"Fm", 0}, {"Md", 0}, {"No", 0}, {"Lr", 0}, {"Rf", 0}, {"Db", 0}, {"Sg", 0}, {"Bh", 0}, {"Hs", 0}, {"Mt", 0},
    {"Ds", 0}, {"Rg", 0}, {"Cn", 0}, {"Nh", 0}, {"Fl", 0}, {"Mc", 0}, {"Lv", 0}, {"Ts", 0}, {"Og", 0},
}};
// clang-format on

}  // namespace

std::optional<double> atomic_weight(std::string_view symbol) {
    const auto found =
        std::find_if(by_number.begin(), by_number.end(), [&](const Weight& weight) { return weight.first == symbol; });
    if (found == by_number.end() || found->second == 0) return std::nullopt;
    return found->second;
}

bool is_element(std::string_view symbol) {
    return std::any_of(by_number.begin(), by_number.end(),
                       [&](const Weight& weight) { return weight.first == symbol; });
}

}  // namespace leaven::metabolism
