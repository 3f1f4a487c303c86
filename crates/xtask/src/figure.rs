//! A figure: what was measured, what we aim for, and what this machine could do at best.

use serde::Serialize;

/// One line of the result.
#[derive(Debug, Serialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    pub target: Option<Target>,
    /// The physical limit, measured in the same run.
    pub limit: Option<f64>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
}

impl Serialize for Target {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::AtLeast(least) => write!(f, ">= {least}"),
            Target::AtMost(most) => write!(f, "<= {most}"),
        }
    }
}

impl Figure {
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        // more digits than were measured would only pretend
        let digits = if value.abs() >= 100.0 { 1.0 } else { 1_000.0 };
        Figure { name: name.into(), value: (value * digits).round() / digits, unit, target: None, limit: None }
    }
    pub fn at_least(self, target: f64) -> Figure {
        Figure { target: Some(Target::AtLeast(target)), ..self }
    }
    pub fn at_most(self, target: f64) -> Figure {
        Figure { target: Some(Target::AtMost(target)), ..self }
    }
    pub fn beside(self, limit: Option<f64>) -> Figure {
        Figure { limit, ..self }
    }

    fn meets(&self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::AtLeast(least) => self.value >= least,
            Target::AtMost(most) => self.value <= most,
        })
    }

    pub fn print(&self, json: bool) {
        if json {
            return println!("{}", serde_json::json!(self));
        }
        let verdict = self.meets().map_or("", |met| if met { "met" } else { "MISSED" });
        let target = self.target.map(|target| target.to_string()).unwrap_or_default();
        let limit = self.limit.map(|limit| format!("limit {limit:.2}")).unwrap_or_default();
        println!("{:<34} {:>12} {:<10} {:>12} {:<7} {limit}", self.name, self.value, self.unit, target, verdict);
    }
}

/// The value below which `share` of the sorted `values` lie.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let last = values.len().saturating_sub(1);
    values.get(((last as f64) * share).round() as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!((percentile(&values, 0.0), percentile(&values, 0.5), percentile(&values, 1.0)), (1.0, 51.0, 100.0));
        assert!(percentile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_target_says_which_way_is_better() {
        assert_eq!(Figure::new("ready", 0.2, "s").at_most(0.3).meets(), Some(true));
        assert_eq!(Figure::new("accepted", 9_000.0, "/s").at_least(10_000.0).meets(), Some(false));
        assert_eq!(Figure::new("accepted", 9_000.0, "/s").meets(), None);
    }
}
