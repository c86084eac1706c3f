#include "table.hpp"

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

py::object booleans_of(const std::vector<std::uint8_t>& values) {
    py::array_t<bool> array(static_cast<py::ssize_t>(values.size()));
    auto* out = array.mutable_data();
    for (std::size_t i = 0; i < values.size(); ++i) out[i] = values[i] != 0;
    return array;
}

py::str text_of(std::string_view text) {
    auto* made = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::str>(made);
}

}  // namespace

Table::Table(const std::vector<FieldInfo>& fields, std::shared_ptr<const void> keep)
    : keep_(std::move(keep)), columns_(fields.size()) {
    for (std::size_t i = 0; i < fields.size(); ++i) columns_[i].info = &fields[i];
}

std::vector<std::string> Table::names() const {
    std::vector<std::string> names;
    for (const auto& column : columns_) names.emplace_back(column.info->field.name);
    return names;
}

Table::Column& Table::find(std::string_view name) {
    for (auto& column : columns_)
        if (column.info->field.name == name) return column;
    throw py::key_error(std::string(name));
}

py::object Table::cell(std::size_t row, std::string_view name) {
    if (row >= size_) throw py::index_error();
    auto& column = find(name);
    if (!column.nulls.empty() && column.nulls[row] != 0) return py::none();
    switch (column.info->kind) {
        case Kind::number:
            return py::float_(column.numbers[row]);
        case Kind::integer:
            return py::int_(column.integers[row]);
        case Kind::boolean:
            return py::bool_(column.booleans[row] != 0);
        case Kind::string:
        case Kind::text:
            return text_of(column.texts[row]);
        default:
            return column.objects[row];
    }
}

py::object Table::column(std::string_view name) {
    auto& column = find(name);
    if (column.shown) return column.shown;
    const bool has_null = !column.nulls.empty();
    if (column.info->kind == Kind::number) {
        column.shown = array_of(std::vector<double>(column.numbers));
    } else if (column.info->kind == Kind::integer && has_null) {
        std::vector<double> values(column.integers.begin(), column.integers.end());
        for (std::size_t i = 0; i < size_; ++i)
            if (column.nulls[i] != 0) values[i] = std::numeric_limits<double>::quiet_NaN();
        column.shown = array_of(std::move(values));
    } else if (column.info->kind == Kind::integer) {
        column.shown = array_of(std::vector<std::int64_t>(column.integers));
    } else if (column.info->kind == Kind::boolean && !has_null) {
        column.shown = booleans_of(column.booleans);
    } else {
        py::list values;
        for (std::size_t row = 0; row < size_; ++row) values.append(cell(row, name));
        column.shown = std::move(values);
    }
    return column.shown;
}

/// Takes what is told of a result and puts it where it belongs: a stack of what is open, outermost first.
class TreeBuilder final : public Visitor {
public:
    TreeBuilder(const FieldInfo& whole, std::shared_ptr<const void> keep, Lang lang)
        : keep_(std::move(keep)), lang_(lang) {
        next_ = &whole;
    }

    py::object take() { return std::move(done_); }

    void null() override {
        if (auto* column = open_column())
            add_null(*column);
        else
            put(py::none());
    }
    void boolean(bool value) override {
        if (auto* column = open_column(Kind::boolean))
            add(*column, column->booleans, static_cast<std::uint8_t>(value ? 1 : 0));
        else
            put(py::bool_(value));
    }
    void integer(std::int64_t value) override {
        if (auto* column = open_column(Kind::integer))
            add(*column, column->integers, value);
        else if (!frames_.empty() && frames_.back().numeric)
            frames_.back().numbers.push_back(static_cast<double>(value));
        else
            put(py::int_(value));
    }
    void number(double value) override {
        if (value == 0) value = 0;  // minus zero is zero, as in JSON
        if (auto* column = open_column(Kind::number))
            add(*column, column->numbers, value);
        else if (!frames_.empty() && frames_.back().numeric)
            frames_.back().numbers.push_back(value);
        else
            put(py::float_(value));
    }
    void string(std::string_view value) override {
        if (auto* column = open_column(Kind::string))
            add(*column, column->texts, value);
        else
            put(text_of(value));
    }
    void text(const Text& value) override {
        if (auto* column = open_column(Kind::text))
            add(*column, column->texts, value.in(lang_));
        else
            put(text_of(value.in(lang_)));
    }
    void begin_list(std::size_t size) override {
        const auto* info = expected();
        const auto& element = info->fields.front();
        Frame frame;
        frame.info = info;
        if (element.kind == Kind::object) {
            frame.table = std::make_shared<Table>(element.fields, keep_);
            frame.table->size_ = size;
        } else {
            frame.numeric = element.kind == Kind::number && !element.nullable;
        }
        frames_.push_back(std::move(frame));
    }
    void end_list() override {
        auto frame = std::move(frames_.back());
        frames_.pop_back();
        if (frame.table)
            put(py::cast(frame.table));
        else if (frame.numeric)
            put(array_of(std::move(frame.numbers)));
        else
            put(frame.list);
    }
    void begin_object() override {
        if (!frames_.empty() && frames_.back().table && !frames_.back().in_row) {
            frames_.back().in_row = true;
            frames_.back().column = -1;
            return;
        }
        Frame frame;
        frame.info = expected();
        frames_.push_back(std::move(frame));
    }
    void name(std::string_view name) override {
        auto& frame = frames_.back();
        frame.name = name;
        if (frame.table) {
            ++frame.column;
            return;
        }
        for (const auto& member : frame.info->fields)
            if (member.field.name == name) frame.member = &member;
    }
    void end_object() override {
        if (frames_.back().table) {
            frames_.back().in_row = false;
            return;
        }
        auto frame = std::move(frames_.back());
        frames_.pop_back();
        put(frame.object);
    }

private:
    struct Frame {
        const FieldInfo* info = nullptr;
        std::shared_ptr<Table> table = nullptr;
        bool numeric = false;
        std::vector<double> numbers = {};
        py::list list;
        py::dict object;
        std::string_view name = {};
        const FieldInfo* member = nullptr;
        bool in_row = false;
        std::ptrdiff_t column = -1;
    };

    /// The declaration of the value that comes now.
    const FieldInfo* expected() {
        if (frames_.empty()) return next_;
        const auto& frame = frames_.back();
        if (frame.table) return frame.table->columns_[static_cast<std::size_t>(frame.column)].info;
        return frame.member != nullptr ? frame.member : &frame.info->fields.front();
    }

    Table::Column* open_column() {
        if (frames_.empty() || !frames_.back().table) return nullptr;
        return &frames_.back().table->columns_[static_cast<std::size_t>(frames_.back().column)];
    }
    Table::Column* open_column(Kind kind) {
        auto* column = open_column();
        return column != nullptr && column->info->kind == kind ? column : nullptr;
    }

    static std::size_t filled(const Table::Column& column) {
        return column.numbers.size() + column.integers.size() + column.booleans.size() + column.texts.size() +
               column.objects.size();
    }

    static void counted(Table::Column& column, bool null) {
        if (column.nulls.empty() && !null) return;
        column.nulls.resize(filled(column) - 1, 0);
        column.nulls.push_back(null ? 1 : 0);
    }

    template <class V, class T>
    static void add(Table::Column& column, V& values, T value) {
        values.emplace_back(value);
        counted(column, false);
    }

    static void add_object(Table::Column& column, const py::object& value) {
        column.objects.append(value);
        counted(column, false);
    }

    static void add_null(Table::Column& column) {
        switch (column.info->kind) {
            case Kind::number:
                column.numbers.push_back(std::numeric_limits<double>::quiet_NaN());
                break;
            case Kind::integer:
                column.integers.push_back(0);
                break;
            case Kind::boolean:
                column.booleans.push_back(0);
                break;
            case Kind::string:
            case Kind::text:
                column.texts.emplace_back();
                break;
            default:
                column.objects.append(py::none());
        }
        counted(column, true);
    }

    void put(const py::object& value) {
        if (frames_.empty()) {
            done_ = value;
            return;
        }
        auto& frame = frames_.back();
        if (auto* column = open_column())
            add_object(*column, value);
        else if (frame.member != nullptr || !frame.name.empty())  // a name not declared: one of counts by name
            frame.object[text_of(frame.name)] = value;
        else
            frame.list.append(value);
    }

    std::shared_ptr<const void> keep_;
    Lang lang_;
    const FieldInfo* next_ = nullptr;
    std::vector<Frame> frames_;
    py::object done_ = py::none();
};

py::dict members_of(const FieldInfo& whole, const Outcome& outcome, Lang lang) {
    TreeBuilder builder(whole, outcome.result, lang);
    outcome.visit(builder);
    return py::cast<py::dict>(builder.take());
}

}  // namespace leaven::python
