// The operations of this module, and what several of them share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/parallel.hpp>
#include <leaven/core/row_iterator.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::crispr {

Operation index_operation();
Operation sites_operation();
Operation offtargets_operation();
Operation oligos_operation();
Operation library_operation();
Operation design_operation();
Operation multiplex_operation();

/// A genome, which comes first on the command line, and what of it is a circle.
struct GenomeParams {
    std::string genome{};
    std::string circular = "auto";

    static void describe(auto& p, auto&& v) {
        v(p.genome, {.name = "genome",
                     .doc = {"genome, or its index", "基因组文件或其索引"},
                     .format = "sequence",
                     .required = true,
                     .input = true});
        v(p.circular, {.name = "circular",
                       .doc = {"which contigs are circles; auto: as the file says", "哪些序列是环状；auto：按文件"},
                       .choices = "auto|all|none"});
    }
    [[nodiscard]] Topologies topologies() const { return Topologies::of({circular}); }
};

struct NucleaseParams {
    std::string nuclease = "SpCas9";
    std::optional<std::string> pam{};
    std::optional<std::string> pam_side{};

    static void describe(auto& p, auto&& v) {
        v(p.nuclease, {.name = "nuclease", .doc = {"nuclease", "核酸酶"}});
        v(p.pam, {.name = "pam",
                  .doc = {"another PAM, IUPAC, 5' to 3'; empty: none is needed",
                          "另用的 PAM（IUPAC，5' 到 3'）；空表示不需要"}});
        v(p.pam_side, {.name = "pam_side",
                       .doc = {"on which side of the protospacer it stands", "PAM 在原间隔序列的哪一侧"},
                       .choices = "3|5"});
    }
    [[nodiscard]] Result<Nuclease> choose(std::optional<std::int64_t> spacer) const {
        return choose_nuclease({.name = nuclease, .pam = pam, .pam_side = pam_side.value_or(""), .spacer = spacer});
    }
};

/// Work of the first rank alone, such as writing a file. Errors  its error, on every rank
inline Status on_first_rank(const Context& context, const std::function<Status()>& work) {
    const Sharing nothing{[](Chunk) { return std::string(); }, [](Chunk, std::string_view) {}};
    return for_each_chunk(
        context, {}, 1, 1, [&](Chunk, int) { return work(); }, nothing);
}

/// Rows that are made when they are looked at.
template <class Row>
class MadeRows {
public:
    using Element = Row;

    using Iterator = RowIterator<MadeRows, Row>;

    MadeRows() = default;
    MadeRows(std::size_t size, std::function<Row(std::size_t)> make) : size_(size), make_(std::move(make)) {}

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] Row operator[](std::size_t row) const { return make_(row); }
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size_}; }

private:
    std::size_t size_ = 0;
    std::function<Row(std::size_t)> make_{};
};

}  // namespace leaven::crispr
