//! `for` and `capture` with bounds. What they understand is what the standard ones do.

use std::{collections::HashMap, io::Write};

use kernel::say;
use liquid_core::{
    BlockReflection, Error, Expression, Language, ParseBlock, Renderable, Result, Runtime, TagBlock, TagTokenIter, Template, Value,
    ValueCow, ValueView,
    model::{KString, KStringRef},
    object,
    parser::{BlockElement, TryMatchToken},
    runtime::{Interrupt, InterruptRegister, StackFrame},
};

use super::{
    fuel::{MOST_TURNS, Paper, pay_for_size, pay_for_turn},
    missing::Noting,
    stopped,
};

macro_rules! block {
    ($name:ident $start:literal $end:literal) => {
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl BlockReflection for $name {
            fn start_tag(&self) -> &str {
                $start
            }
            fn end_tag(&self) -> &str {
                $end
            }
            fn description(&self) -> &str {
                ""
            }
        }
    };
}
block!(For "for" "endfor");
block!(Capture "capture" "endcapture");

impl ParseBlock for For {
    fn parse(&self, mut words: TagTokenIter<'_>, mut inside: TagBlock<'_, '_>, language: &Language) -> Result<Box<dyn Renderable>> {
        let name = words.expect_next("Identifier expected.")?.expect_identifier().into_result()?;
        words.expect_next("\"in\" expected.")?.expect_str("in").into_result_custom_msg("\"in\" expected.")?;
        let over = match words.expect_next("Array or range expected.")?.expect_value() {
            TryMatchToken::Matches(array) => Over::Array(array),
            TryMatchToken::Fails(range) => range.expect_range().into_result().map(|(first, last)| Over::Range(first, last))?,
        };
        let (mut limit, mut offset, mut reversed) = (None, None, false);
        while let Some(word) = words.next() {
            match word.as_str() {
                "limit" => limit = Some(number_after(&mut words)?),
                "offset" => offset = Some(number_after(&mut words)?),
                "reversed" => reversed = true,
                _ => return Err(word.raise_custom_error("\"limit\", \"offset\" or \"reversed\" expected.")),
            }
        }

        let (mut body, mut otherwise) = (Vec::new(), None);
        while let Some(element) = inside.next()? {
            match element {
                BlockElement::Tag(mut tag) if tag.name() == "else" => {
                    tag.tokens().expect_nothing()?;
                    otherwise = Some(Template::new(inside.parse_all(language)?));
                    break;
                }
                element => body.push(element.parse(&mut inside, language)?),
            }
        }
        inside.assert_empty();
        Ok(Box::new(Loop { name: KString::from_ref(name), over, limit, offset, reversed, body: Template::new(body), otherwise }))
    }

    fn reflection(&self) -> &dyn BlockReflection {
        self
    }
}

fn number_after(words: &mut TagTokenIter<'_>) -> Result<Expression> {
    words.expect_next("\":\" expected.")?.expect_str(":").into_result_custom_msg("\":\" expected.")?;
    words.expect_next("Number expected.")?.expect_value().into_result()
}

#[derive(Debug)]
enum Over {
    Array(Expression),
    Range(Expression, Expression),
}

#[derive(Debug)]
struct Loop {
    name: KString,
    over: Over,
    limit: Option<Expression>,
    offset: Option<Expression>,
    reversed: bool,
    body: Template,
    otherwise: Option<Template>,
}

impl Loop {
    fn items<'s>(&'s self, runtime: &'s dyn Runtime) -> Result<ValueCow<'s>> {
        match &self.over {
            Over::Array(array) => array.evaluate(runtime),
            Over::Range(first, last) => {
                let (first, last) = (number(first, runtime)?, number(last, runtime)?);
                if last.saturating_sub(first) >= MOST_TURNS as i64 {
                    return Err(too_many());
                }
                Ok(ValueCow::Owned(Value::Array((first..=last).map(Value::scalar).collect())))
            }
        }
    }

    /// The items to go through, after `offset`, `limit` and `reversed`.
    fn turns<'v>(&self, items: &'v dyn ValueView, runtime: &dyn Runtime) -> Result<Vec<&'v dyn ValueView>> {
        let at_least_0 = |n: i64| usize::try_from(n).unwrap_or(0);
        let offset = self.offset.as_ref().map(|n| number(n, runtime)).transpose()?.map_or(0, at_least_0);
        let limit = self.limit.as_ref().map(|n| number(n, runtime)).transpose()?.map_or(usize::MAX, at_least_0);
        let Some(array) = items.as_array() else {
            return if items.is_nil() { Ok(Vec::new()) } else { Err(stopped(say!("template-loop-needs-a-list"))) };
        };
        let mut turns: Vec<_> = array.values().skip(offset).take(limit.min(MOST_TURNS + 1)).collect();
        if turns.len() > MOST_TURNS {
            return Err(too_many());
        }
        if self.reversed {
            turns.reverse();
        }
        Ok(turns)
    }
}

impl Renderable for Loop {
    fn render_to(&self, paper: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        let items = self.items(runtime)?;
        let turns = self.turns(items.as_view(), runtime)?;
        if let ([], Some(otherwise)) = (turns.as_slice(), &self.otherwise) {
            return otherwise.render_to(paper, runtime);
        }
        let length = turns.len();
        for (index, item) in turns.into_iter().enumerate() {
            pay_for_turn(runtime)?;
            let forloop = object!({
                "length": length as i64, "index": index as i64 + 1, "index0": index as i64,
                "rindex": (length - index) as i64, "rindex0": (length - index) as i64 - 1,
                "first": index == 0, "last": index + 1 == length,
            });
            let mut own: HashMap<KStringRef<'_>, &dyn ValueView> = HashMap::new();
            own.insert("forloop".into(), &forloop);
            own.insert(self.name.as_ref(), &item);
            let frame = StackFrame::new(runtime, &own);
            self.body.render_to(paper, &Noting::over(&frame))?;
            if let Some(Interrupt::Break) = runtime.registers().get_mut::<InterruptRegister>().reset() {
                break;
            }
        }
        Ok(())
    }
}

fn number(expression: &Expression, runtime: &dyn Runtime) -> Result<i64> {
    let number = expression.evaluate(runtime)?.as_scalar().and_then(|scalar| scalar.to_integer());
    number.ok_or_else(|| stopped(say!("template-needs-a-number")))
}

fn too_many() -> Error {
    stopped(say!("template-loop-too-long", most = MOST_TURNS))
}

impl ParseBlock for Capture {
    fn parse(&self, mut words: TagTokenIter<'_>, mut inside: TagBlock<'_, '_>, language: &Language) -> Result<Box<dyn Renderable>> {
        let name = words.expect_next("Identifier expected.")?.expect_identifier().into_result()?;
        words.expect_nothing()?;
        let body = Template::new(inside.parse_all(language)?);
        inside.assert_empty();
        Ok(Box::new(Captured { name: KString::from_ref(name), body }))
    }

    fn reflection(&self) -> &dyn BlockReflection {
        self
    }
}

#[derive(Debug)]
struct Captured {
    name: KString,
    body: Template,
}

impl Renderable for Captured {
    fn render_to(&self, _: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        let text = Paper::for_value().filled(|paper| self.body.render_to(paper, runtime))?;
        pay_for_size(text.len(), runtime)?;
        runtime.set_global(self.name.clone(), Value::scalar(text));
        Ok(())
    }
}
