//! As much of GraphQL as the stand-ins need: which fields are asked for, whether they exist, and which rows a filter leaves.

use serde_json::{Map, Value};

/// The fields of each type; those with a type after `:` have fields of their own.
pub type Types = &'static [(&'static str, &'static str)];

/// A field somebody asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub alias: String,
    pub name: String,
    pub arguments: String,
    /// What is said beside it: `idempotent(key: $key)`.
    pub directive: String,
    pub fields: Vec<Asked>,
}

impl Asked {
    /// What was asked for of `value`, and nothing else.
    pub fn chosen(&self, value: &Value) -> Value {
        match value {
            Value::Array(items) => items.iter().map(|item| self.chosen(item)).collect(),
            Value::Object(object) if !self.fields.is_empty() => {
                let of = |field: &Asked| (field.alias.clone(), field.chosen(object.get(&field.name).unwrap_or(&Value::Null)));
                Value::Object(self.fields.iter().map(of).collect::<Map<_, _>>())
            }
            value => value.clone(),
        }
    }
}

/// What a question asks for.
pub fn parse(query: &str, types: Types) -> Result<Vec<Asked>, String> {
    let words = words(query);
    let begin = words.iter().position(|word| word == "{").ok_or("there is no selection")?;
    let kind = if query.starts_with("mutation") { "Mutation" } else { "Query" };
    selection(&words, &mut (begin + 1), kind, types)
}

fn words(query: &str) -> Vec<String> {
    let (mut words, mut rest) = (Vec::new(), query);
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let length = match first {
            c if c.is_whitespace() || c == ',' => {
                rest = &rest[c.len_utf8()..];
                continue;
            }
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            // arguments are one word
            '(' => end_of_arguments(rest),
            '.' => 3,
            c => c.len_utf8(),
        };
        words.push(rest[..length].to_owned());
        rest = &rest[length..];
    }
    words
}

fn end_of_arguments(text: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => (),
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

fn selection(words: &[String], at: &mut usize, kind: &str, types: Types) -> Result<Vec<Asked>, String> {
    let known = types.iter().find(|(name, _)| *name == kind).map(|(_, fields)| *fields).ok_or(format!("no type {kind}"))?;
    let mut asked = Vec::new();
    loop {
        let word = words.get(*at).ok_or("the selection does not end")?.clone();
        *at += 1;
        match word.as_str() {
            "}" => return Ok(asked),
            "..." => {
                // of a union whose members' fields stand under one name here
                *at += 3;
                asked.extend(selection(words, at, kind, types)?);
                continue;
            }
            _ => (),
        }
        let mut name = word.clone();
        if words.get(*at).is_some_and(|next| next == ":") {
            name = words[*at + 1].clone();
            *at += 2;
        }
        let unknown = || format!("Cannot query field \"{name}\" on type \"{kind}\".");
        let field = known.split_whitespace().find(|field| field.split(':').next() == Some(&name)).ok_or_else(unknown)?;
        let mut one = Asked { alias: word, name: name.clone(), arguments: String::new(), directive: String::new(), fields: Vec::new() };
        if let Some(arguments) = words.get(*at).filter(|next| next.starts_with('(')) {
            one.arguments = arguments.clone();
            *at += 1;
        }
        if words.get(*at).is_some_and(|next| next == "@") {
            one.directive = words[*at + 1..*at + 3].concat();
            *at += 3;
        }
        let opens = words.get(*at).is_some_and(|next| next == "{");
        match field.split_once(':') {
            Some((_, kind)) if opens => {
                *at += 1;
                one.fields = selection(words, at, kind, types)?;
            }
            None if !opens => (),
            _ => return Err(format!("Field \"{name}\" must have a selection of subfields, or must not.")),
        }
        asked.push(one);
    }
}

/// Whether a row is left by a filter; one that names what cannot be filtered on is refused.
pub fn fits(row: &Value, filter: &Value) -> Result<bool, String> {
    let Some(filter) = filter.as_object() else { return Ok(true) };
    for (field, wanted) in filter {
        let each = || wanted.as_array().into_iter().flatten().map(|part| fits(row, part)).collect::<Result<Vec<bool>, _>>();
        let fine = match field.as_str() {
            "_and" => each()?.into_iter().all(|fine| fine),
            "_or" => each()?.into_iter().any(|fine| fine),
            "updatedAt" | "orderPlacedAt" | "state" => judged(&row[field], wanted)?,
            other => return Err(format!("Field \"{other}\" is not defined by the filter.")),
        };
        if !fine {
            return Ok(false);
        }
    }
    Ok(true)
}

fn judged(value: &Value, wanted: &Value) -> Result<bool, String> {
    let (operator, operand) = wanted.as_object().and_then(|one| one.iter().next()).ok_or("a filter has an operator")?;
    let moment = |text: &Value| text.as_str().and_then(|text| text.parse::<kernel::Timestamp>().ok());
    match operator.as_str() {
        "after" => Ok(moment(value) > Some(moment(operand).ok_or("not a DateTime")?)),
        "isNull" => Ok(value.is_null() == (operand == true)),
        "notIn" => Ok(!operand.as_array().ok_or("notIn takes a list")?.contains(value)),
        other => Err(format!("Field \"{other}\" is not defined by the operators.")),
    }
}
