//! How fast customers come in from a file.

use std::{fmt::Write, time::Duration};

use serde_json::{Value, json};
use tokio::time::{Instant, interval_at};

use crate::{Result, figure::Figure, limit, line::Line, server::Server};

const FIELDS: [&str; 5] = ["email", "name", "phone", "country", "tags"];
/// How often it is looked how far it is.
const LOOKS: Duration = Duration::from_millis(50);

/// A file of so many customers is sent, tried and run.
pub async fn figures(server: &Server, rows: usize) -> Result<Vec<Figure>> {
    let mut line = Line::to(&server.address).await?;
    let bearer = format!("authorization: Bearer {}\r\n", server.token);
    let file = file(rows);
    let began = limit::now();
    let (status, answer) = line.call("POST", "/api/v1/customer-imports?name=bench.csv", &bearer, &file).await?;
    if status != 201 {
        return Err(format!("the file was not taken: {status} {}", String::from_utf8_lossy(&answer)).into());
    }
    let (sent, import): (Duration, Value) = (began.elapsed(), serde_json::from_slice(&answer)?);
    let path = format!("/api/v1/customer-imports/{}", import["id"].as_str().ok_or("the import has no id")?);
    let column = |(place, field)| json!({ "column": place, "field": field, "attribute": null, "consent": null });
    let columns: Vec<Value> = FIELDS.iter().enumerate().map(column).collect();
    let mapping = json!({ "columns": columns, "existing": "fill", "dates": "day_first", "country": null, "proved": false });
    line.json("PUT", &format!("{path}/mapping"), &bearer, mapping).await?;
    let tried = runs(&mut line, &path, &bearer, true).await?;
    let ran = runs(&mut line, &path, &bearer, false).await?;
    line.json("DELETE", &path, &bearer, Value::Null).await?;
    let per_second = |time: Duration| rows as f64 / time.as_secs_f64();
    Ok(vec![
        Figure::new(format!("import: {rows} rows sent"), per_second(sent), "/s"),
        Figure::new("import: tried", per_second(tried), "/s"),
        Figure::new("import: rate", per_second(ran), "/s").at_least(20_000.0),
    ])
}

/// From the moment it is set going to its end.
async fn runs(line: &mut Line, path: &str, bearer: &str, dry: bool) -> Result<Duration> {
    let began = limit::now();
    line.json("POST", &format!("{path}/runs"), bearer, json!({ "dry": dry })).await?;
    let mut looks = interval_at(Instant::now() + LOOKS, LOOKS);
    loop {
        looks.tick().await;
        let import = line.json("GET", path, bearer, Value::Null).await?;
        match import["state"].as_str() {
            Some("checked" | "done") => return Ok(began.elapsed()),
            Some("checking" | "running") => (),
            state => return Err(format!("the import is {state:?}").into()),
        }
    }
}

fn file(rows: usize) -> String {
    let mut file = format!("{}\n", FIELDS.join(","));
    for n in 0..rows {
        // spread over the index of addresses, as real ones are
        let spread = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24;
        let (tag, phone) = (["vip", "b2b", "new"][n % 3], 20_000_000 + n);
        // a String takes whatever is written into it
        let _ = writeln!(file, "c{spread:010x}.{n}@example.org,Customer {n} Lind,+47 {phone},NO,{tag}");
    }
    file
}
