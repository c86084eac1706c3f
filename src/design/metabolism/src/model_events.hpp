// A model told piece by piece, as JSON and YAML tell it: objects, lists, keys, values.
//
// Takes the dictionary that COBRApy writes, and what RAVEN adds to it or calls by other names.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/metabolism/read.hpp>

#include "raw_model.hpp"
#include "sbml_xml.hpp"

namespace leaven::metabolism {

/// A value that is neither object nor list.
struct Scalar {
    enum class Kind { nothing, boolean, number, text };
    Kind kind = Kind::nothing;
    double number = 0;
    std::string text = {};  // of a number: as it stands in the file, where the format keeps that

    /// As a number; texts such as "inf" count. None for anything else, NaN included.
    [[nodiscard]] std::optional<double> as_number() const {
        const auto value = kind == Kind::number ? number
                           : kind == Kind::text ? xml_number(text).value_or(std::nan(""))
                                                : std::nan("");
        return std::isnan(value) ? std::nullopt : std::optional(value);
    }
    /// As a word; numbers as they stand. Empty for nothing.
    [[nodiscard]] std::string as_text() const;
};

/// Fills the RawModel; keeps where it is in the file as a stack of frames.
class ModelEvents {
public:
    ModelEvents(std::string name, StopFlag stop) : name_(std::move(name)), stop_(stop) {}

    RawModel raw;
    std::optional<Error> error;
    bool is_raven = false;  // it has a part "metaData"

    // Each returns false where reading ends; `error` then says why.
    bool scalar(Scalar value);
    bool key(std::string name) {
        key_ = std::move(name);
        return true;
    }
    bool open(bool object);
    bool close();
    bool fail(Failure failure, const std::string& where);

private:
    enum class Frame : char {
        root,
        metadata,
        metabolites,
        metabolite,
        reactions,
        reaction,
        genes,
        gene,
        terms,
        compartments,
        annotation,
        annotation_list,
        annotation_pair,
        notes,
        notes_list,
        values,  // a list of plain values of an element
        skipped,
    };

    [[nodiscard]] Frame inside(bool object) const;
    [[nodiscard]] Frame inside_element(bool object) const;
    void note_skipped();
    void take_metadata(const Scalar& value);
    bool take_metabolite(const Scalar& value);
    bool take_reaction(const Scalar& value);
    void take_gene(const Scalar& value);
    bool take_term(const Scalar& value);
    void take_resource(const std::string& provider, std::string_view qualifier, const std::string& value);
    void take_other(const std::string& key, const Scalar& value);
    void take_remark(const std::string& key, const Scalar& value);
    [[nodiscard]] std::string place() const;

    /// The innermost metabolite, reaction or gene that is being read; root where there is none.
    [[nodiscard]] Frame element() const;
    [[nodiscard]] std::vector<Annotation>& annotations();
    [[nodiscard]] std::vector<Remark>& remarks();

    /// One element or value more; false where reading ends with it.
    bool mark();

    std::string name_;
    StopFlag stop_;
    std::vector<Frame> frames_;
    std::string key_;
    std::string list_key_;  // the key under which a list of values stands
    std::string qualifier_;
    std::string skipped_part_;
    std::size_t pair_size_ = 0;
    std::size_t marks_ = 0;
};

}  // namespace leaven::metabolism
