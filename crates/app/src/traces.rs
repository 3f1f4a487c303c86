//! Traces by OpenTelemetry: how long requests and jobs take, told to a collector over HTTP. Only in a build with the feature
//! `otel`; `OTEL_EXPORTER_OTLP_ENDPOINT` says where to, and nothing is told while it says nothing.

use std::{fmt, sync::OnceLock};

use bytes::Bytes;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use platform::SPANS;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// Hears the spans of requests and jobs, and no lines of the log: these may say more.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> Option<impl Layer<S>> {
    let provider = provider()?;
    let tracer = PROVIDER.get_or_init(|| provider).tracer("ombud");
    let layer = tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_filter(Targets::new().with_target(SPANS, tracing::Level::DEBUG));
    Some(layer)
}

#[expect(clippy::disallowed_methods, reason = "OpenTelemetry has names of its own for its settings")]
fn provider() -> Option<SdkTracerProvider> {
    std::env::var("OTEL_EXPORTER_OTLP_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty())?;
    let exporter = Sender::new()
        .map_err(|error| error.to_string())
        .and_then(|sender| SpanExporter::builder().with_http().with_http_client(sender).build().map_err(|error| error.to_string()));
    match exporter {
        Ok(exporter) => {
            let name = std::env::var("OTEL_SERVICE_NAME").unwrap_or_else(|_| "ombud".into());
            let resource = Resource::builder().with_service_name(name).build();
            Some(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
        }
        Err(error) => {
            eprintln!("ombud: traces are told to nobody: {error}");
            None
        }
    }
}

/// Hands over what has not been told yet, before the process ends.
pub async fn hand_over() {
    let Some(provider) = PROVIDER.get() else { return };
    // it waits for what the runtime sends, so not on one of the runtime's own threads
    let _ = tokio::task::spawn_blocking(|| provider.shutdown()).await;
}

/// The client for the collector. The exporter has a thread of its own; what it sends is sent on the runtime.
struct Sender {
    client: reqwest::Client,
    runtime: Handle,
}

impl Sender {
    #[expect(clippy::disallowed_methods, reason = "the collector is the operator's own, and often on this machine")]
    fn new() -> reqwest::Result<Sender> {
        Ok(Sender { client: reqwest::Client::builder().build()?, runtime: Handle::current() })
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sender")
    }
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let sent = self.runtime.spawn(async move {
            let (parts, body) = request.into_parts();
            let answer = client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
            let status = answer.status();
            Ok::<_, reqwest::Error>((status, answer.bytes().await?))
        });
        let (status, body) = sent.await??;
        Ok(Response::builder().status(status).body(body)?)
    }
}
