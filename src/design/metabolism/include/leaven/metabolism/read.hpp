// Models from files and into files.
//
// Reads SBML level 3 with FBC 1, 2 and 3 (and groups) and level 2 with the notes and kinetic laws of old, BiGG JSON,
// the YAML of COBRApy and RAVEN, and MAT-files of COBRApy, the COBRA Toolbox and RAVEN, each plain or gzip-compressed;
// the content decides, not the name. Writes SBML level 3 with FBC 2; convert.hpp writes the others. A file is read
// whole or not at all: what breaks the format's rules is an error that names file, line and identifier; what is merely
// odd becomes a note.
//
// Cost: iML1515.xml.gz (11 MB unpacked) in under 150 ms; memory a small multiple of the unpacked file, at most 1 GiB
// unpacked.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// Raised to stop what reads: looked at between its steps, each of which is short. Not owned; may be left out.
using StopFlag = const std::atomic<bool>*;

/// Errors  not_found  no such file;  bad_input  anything in it that breaks the format; `where` is "file, line N" or
///         "file, identifier";  cancelled.
Result<Model> read_model_file(const std::filesystem::path& path, StopFlag stop = nullptr);

/// The same for bytes in memory; `name` stands for the file in errors.
Result<Model> read_model(std::string_view bytes, const std::string& name, StopFlag stop = nullptr);

/// SBML level 3 version 1 core, FBC version 2 strict where every bound allows it, groups where there are any. What FBC
/// 2 cannot say goes into notes, from which the reader takes it back: gene rules that cannot be read or are spelled
/// another way, formulas with brackets or fractions, charges that are no whole numbers.
///
/// Requires  identifiers of a kind differ, no text holds control characters, metabolites lie in declared compartments,
///           an objective without terms maximizes: what the readers see to.
/// Ensures   reading it again gives an equal Model (but for format, sha256 and notes), with every bit of every number
/// and
///           the SBML identifiers of the file it came from; libSBML finds no error in it.
std::string write_sbml(const Model& model);

/// Bytes as they are, or unpacked where they begin as gzip does.
///
/// Errors  bad_input  damaged or cut short, or more than `limit` bytes unpacked
Result<std::string> unpack(std::string_view bytes, const std::string& name, std::size_t limit = std::size_t{1} << 30);

}  // namespace leaven::metabolism
