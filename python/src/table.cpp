#include "table.hpp"

#include <algorithm>
#include <limits>

namespace leaven::python {
namespace py = pybind11;
namespace {

/// An array that owns the numbers of the vector, without a copy.
template <class T>
py::object array_of(std::vector<T>&& values) {
    auto* kept = new std::vector<T>(std::move(values));
    const py::capsule owner(kept, [](void* pointer) { delete static_cast<std::vector<T>*>(pointer); });
    return py::array_t<T>({kept->size()}, {sizeof(T)}, kept->data(), owner);
}

py::str text_of(std::string_view text) {
    auto* made = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::str>(made);
}

double plain(double value) { return value == 0 ? 0 : value; }  // minus zero is zero, as in JSON

/// What a result is told with: the result stays as long as a table of it does.
struct Telling {
    std::shared_ptr<const void> keep;
    Lang lang;

    [[nodiscard]] py::object object_of(const Type& type, const void* at) const {
        switch (type.form) {
            case Form::boolean:
                return py::bool_(detail::at<bool>(at));
            case Form::integer:
                return py::int_(type.integer(at));
            case Form::number:
                return py::float_(plain(type.number(at)));
            case Form::string:
                return text_of(detail::at<std::string>(at));
            case Form::text:
                return text_of(detail::at<Text>(at).in(lang));
            case Form::optional:
                at = type.value(at);
                return at == nullptr ? py::object(py::none()) : object_of(*type.inner(), at);
            case Form::list:
                return list_of(type, at);
            case Form::object:
                return members_of(type, at);
            case Form::counts:
                break;
        }
        py::dict counts;
        for (const auto& [name, count] : detail::at<Counts>(at)) counts[text_of(name)] = count;
        return counts;
    }

    [[nodiscard]] py::dict members_of(const Type& type, const void* at) const {
        py::dict members;
        for (const auto& member : type.members())
            members[text_of(member.field.name)] = object_of(*member.type, member.in(at));
        return members;
    }

    [[nodiscard]] py::object list_of(const Type& type, const void* at) const {
        const auto& inner = *type.inner();
        const auto count = type.count(at);
        if (inner.form == Form::object) return py::cast(std::make_shared<Table>(type, at, keep, lang));
        if (inner.form == Form::number) {
            std::vector<double> numbers(count);
            for (std::size_t i = 0; i < count; ++i) numbers[i] = plain(inner.number(element_of(type, at, i).get()));
            return array_of(std::move(numbers));
        }
        py::list list;
        for (std::size_t i = 0; i < count; ++i) list.append(object_of(inner, element_of(type, at, i).get()));
        return list;
    }
};

/// A column while its values come in, row by row.
class Column {
public:
    Column(const Member& member, std::size_t size) : member_(member), form_(plain_type().form) {
        if (form_ == Form::number) numbers_.reserve(size);
        if (form_ == Form::integer) integers_.reserve(size);
        if (form_ == Form::boolean) booleans_.reserve(size);
    }

    void add(const void* row, const Telling& telling) {
        const auto* at = member_.in(row);
        if (member_.type->form == Form::optional) {
            at = member_.type->value(at);
            if (at == nullptr) return add_null();
        }
        const auto& type = plain_type();
        if (form_ == Form::number)
            numbers_.push_back(plain(type.number(at)));
        else if (form_ == Form::integer)
            integers_.push_back(type.integer(at));
        else if (form_ == Form::boolean)
            booleans_.push_back(detail::at<bool>(at) ? 1 : 0);
        else
            objects_.append(telling.object_of(type, at));
    }

    py::object finish() {
        if (form_ == Form::number) return array_of(std::move(numbers_));
        if (form_ == Form::integer) return finish_integers();
        if (form_ == Form::boolean) return finish_booleans();
        return std::move(objects_);
    }

private:
    [[nodiscard]] const Type& plain_type() const {
        return member_.type->form == Form::optional ? *member_.type->inner() : *member_.type;
    }

    void add_null() {
        if (form_ == Form::number) return numbers_.push_back(std::numeric_limits<double>::quiet_NaN());
        if (form_ == Form::integer) {
            nulls_.push_back(integers_.size());
            return integers_.push_back(0);
        }
        if (form_ == Form::boolean) {
            nulls_.push_back(booleans_.size());
            return booleans_.push_back(0);
        }
        objects_.append(py::none());
    }

    py::object finish_integers() {
        if (nulls_.empty()) return array_of(std::move(integers_));
        std::vector<double> values(integers_.begin(), integers_.end());
        for (const auto row : nulls_) values[row] = std::numeric_limits<double>::quiet_NaN();
        return array_of(std::move(values));
    }

    py::object finish_booleans() {
        if (nulls_.empty()) {
            py::array_t<bool> array(static_cast<py::ssize_t>(booleans_.size()));
            std::copy(booleans_.begin(), booleans_.end(), array.mutable_data());
            return array;
        }
        py::list values;
        for (const auto value : booleans_) values.append(py::bool_(value != 0));
        for (const auto row : nulls_) values[row] = py::none();
        return values;
    }

    const Member& member_;
    Form form_;
    std::vector<double> numbers_{};
    std::vector<std::int64_t> integers_{};
    std::vector<std::uint8_t> booleans_{};
    std::vector<std::size_t> nulls_{};  // rows
    py::list objects_{};
};

}  // namespace

Table::Table(const Type& list, const void* at, std::shared_ptr<const void> keep, Lang lang)
    : list_(list),
      at_(at),
      keep_(std::move(keep)),
      lang_(lang),
      size_(list.count(at)),
      members_(list.inner()->members()),
      columns_(members_.size()) {}

std::vector<std::string> Table::names() const {
    std::vector<std::string> names;
    for (const auto& member : members_) names.emplace_back(member.field.name);
    return names;
}

std::size_t Table::find(std::string_view name) const {
    for (std::size_t i = 0; i < members_.size(); ++i)
        if (members_[i].field.name == name) return i;
    throw py::key_error(std::string(name));
}

py::object Table::cell(std::size_t row, std::string_view name) const {
    if (row >= size_) throw py::index_error();
    const auto& member = members_[find(name)];
    const auto element = element_of(list_, at_, row);
    const auto& keep = list_.make != nullptr ? element : keep_;  // what must stay for the row to stay
    return Telling{keep, lang_}.object_of(*member.type, member.in(element.get()));
}

py::object Table::column(std::string_view name) {
    const auto wanted = find(name);
    if (columns_[wanted]) return columns_[wanted];
    if (list_.make != nullptr) {  // a row is made for all of its columns
        fill(0, members_.size());
    } else {
        fill(wanted, wanted + 1);
    }
    return columns_[wanted];
}

void Table::fill(std::size_t begin, std::size_t end) {
    std::vector<Column> open;
    for (auto i = begin; i < end; ++i) open.emplace_back(members_[i], size_);
    Telling telling{keep_, lang_};
    for (std::size_t i = 0; i < size_; ++i) {
        const auto element = element_of(list_, at_, i);
        if (list_.make != nullptr) telling.keep = element;
        for (auto& column : open) column.add(element.get(), telling);
    }
    for (auto i = begin; i < end; ++i) columns_[i] = open[i - begin].finish();
}

py::dict members_of(const Outcome& outcome, Lang lang) {
    return Telling{outcome.result, lang}.members_of(*outcome.type, outcome.result.get());
}

}  // namespace leaven::python
