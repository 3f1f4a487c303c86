//! The standard filters, each paying for what it makes; `replace`, `join` and `date` with bounds of their own.

use std::fmt;

use kernel::say;
use liquid_core::{
    Display_filter, Expression, Filter, FilterParameters, FilterReflection, FromFilterParameters, ParseFilter, Result, Runtime, Value,
    ValueView, parser::FilterArguments,
};
use liquid_lib::stdlib;

use super::{
    fuel::{pay_for, pay_for_size},
    stopped,
};

/// Every filter there is. A list: what a new version of the library brings is looked at before it is allowed.
pub fn all() -> Vec<Paid> {
    macro_rules! list {
        ($($filter:expr),* $(,)?) => { vec![$(Paid($filter.into())),*] };
    }
    list![
        stdlib::Abs,
        stdlib::Append,
        stdlib::AtLeast,
        stdlib::AtMost,
        stdlib::Capitalize,
        stdlib::Ceil,
        stdlib::Compact,
        stdlib::Concat,
        stdlib::Default,
        stdlib::DividedBy,
        stdlib::Downcase,
        stdlib::Escape,
        stdlib::EscapeOnce,
        stdlib::First,
        stdlib::Floor,
        stdlib::Last,
        stdlib::Lstrip,
        stdlib::Map,
        stdlib::Minus,
        stdlib::Modulo,
        stdlib::NewlineToBr,
        stdlib::Plus,
        stdlib::Prepend,
        stdlib::Remove,
        stdlib::RemoveFirst,
        stdlib::ReplaceFirst,
        stdlib::Reverse,
        stdlib::Round,
        stdlib::Rstrip,
        stdlib::Size,
        stdlib::Slice,
        stdlib::Sort,
        stdlib::SortNatural,
        stdlib::Split,
        stdlib::Strip,
        stdlib::StripHtml,
        stdlib::StripNewlines,
        stdlib::Times,
        stdlib::Truncate,
        stdlib::TruncateWords,
        stdlib::Uniq,
        stdlib::Upcase,
        stdlib::UrlDecode,
        stdlib::UrlEncode,
        stdlib::Where,
        Replace,
        Join,
        Date,
    ]
}

/// A filter that pays for what it makes, and passes over what is missing.
#[derive(Clone)]
pub struct Paid(Box<dyn ParseFilter>);

impl ParseFilter for Paid {
    fn parse(&self, arguments: FilterArguments<'_>) -> Result<Box<dyn Filter>> {
        Ok(Box::new(PaidFilter(self.0.parse(arguments)?)))
    }
    fn reflection(&self) -> &dyn FilterReflection {
        self.0.reflection()
    }
}

#[derive(Debug)]
struct PaidFilter(Box<dyn Filter>);

impl fmt::Display for PaidFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Filter for PaidFilter {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        match self.0.evaluate(input, runtime) {
            // nothing out of nothing, or a failure over it as in `{{ order.total | plus: 1 }}` without a total:
            // nothing to show, and `to_value` notes what is missing
            Ok(Value::Nil) | Err(_) if input.is_nil() => Ok(input.to_value()),
            made => {
                let made = made?;
                pay_for(&made, runtime)?;
                Ok(made)
            }
        }
    }
}

#[derive(Debug, FilterParameters)]
struct ReplaceArgs {
    #[parameter(description = "What to look for.", arg_type = "str")]
    search: Expression,
    #[parameter(description = "What to put there.", arg_type = "str")]
    replace: Option<Expression>,
}

#[derive(Clone, ParseFilter, FilterReflection)]
#[filter(name = "replace", description = "Replaces every occurrence.", parameters(ReplaceArgs), parsed(ReplaceFilter))]
struct Replace;

#[derive(Debug, FromFilterParameters, Display_filter)]
#[name = "replace"]
struct ReplaceFilter {
    #[parameters]
    args: ReplaceArgs,
}

impl Filter for ReplaceFilter {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        let args = self.args.evaluate(runtime)?;
        let (input, replace) = (input.to_kstr(), args.replace.unwrap_or_else(|| "".into()));
        // it may make a megabyte of every letter, so it pays first
        let times = input.matches(args.search.as_str()).count();
        pay_for_size(input.len() + times * replace.len(), runtime)?;
        Ok(Value::scalar(input.replace(args.search.as_str(), replace.as_str())))
    }
}

#[derive(Debug, FilterParameters)]
struct JoinArgs {
    #[parameter(description = "What to put between the items.", arg_type = "str")]
    separator: Option<Expression>,
}

#[derive(Clone, ParseFilter, FilterReflection)]
#[filter(name = "join", description = "Puts the items of a list in a row.", parameters(JoinArgs), parsed(JoinFilter))]
struct Join;

#[derive(Debug, FromFilterParameters, Display_filter)]
#[name = "join"]
struct JoinFilter {
    #[parameters]
    args: JoinArgs,
}

impl Filter for JoinFilter {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        let args = self.args.evaluate(runtime)?;
        let separator = args.separator.unwrap_or_else(|| " ".into());
        let list = input.as_array().ok_or_else(|| stopped(say!("template-join-needs-a-list")))?;
        pay_for_size(usize::try_from(list.size()).unwrap_or(0).saturating_mul(separator.len()), runtime)?;
        let mut row = String::new();
        for (index, item) in list.values().enumerate() {
            if index > 0 {
                row.push_str(separator.as_str());
            }
            row.push_str(&item.to_kstr());
        }
        Ok(Value::scalar(row))
    }
}

#[derive(Debug, FilterParameters)]
struct DateArgs {
    #[parameter(description = "The format, as of strftime.", arg_type = "str")]
    format: Expression,
}

#[derive(Clone, ParseFilter, FilterReflection)]
#[filter(name = "date", description = "Writes a date in another way.", parameters(DateArgs), parsed(DateFilter))]
struct Date;

#[derive(Debug, FromFilterParameters, Display_filter)]
#[name = "date"]
struct DateFilter {
    #[parameters]
    args: DateArgs,
}

impl Filter for DateFilter {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        let args = self.args.evaluate(runtime)?;
        let format = args.format.as_str();
        // a width of nine digits would pad to a gigabyte
        let wide = format.as_bytes().windows(3).any(|digits| digits.iter().all(u8::is_ascii_digit));
        if wide || format.len() > 200 {
            return Err(stopped(say!("template-date-format-too-long")));
        }
        let words = input.to_kstr();
        // the machine's clock is none of a text's business, and would make each rendering different
        if ["now", "today"].iter().any(|word| words.trim().eq_ignore_ascii_case(word)) {
            return Err(stopped(say!("template-has-no-clock")));
        }
        match input.as_scalar().and_then(|scalar| scalar.to_date_time()) {
            Some(date) if !format.is_empty() => {
                date.format(format).map(Value::scalar).map_err(|_| stopped(say!("template-not-a-date-format", format)))
            }
            _ => Ok(input.to_value()),
        }
    }
}
