//! A device that asks, and whatever answers it.

use qrgen_lambda::Answer;
use serde_json::{Value, json};

use crate::support::Device;

/// Where the tests' API is, as API Gateway tells it.
pub(crate) const HOST: &str = "qr.example.com";
pub(crate) const URL: &str = "https://qr.example.com/v1/qr";

/// What a function did with an event: its answer, or the `errorType` and message that it raised.
pub(crate) type Outcome = Result<Answer, (String, String)>;

/// The three functions, however they are run.
pub(crate) trait Functions {
    /// Hands the event to the function that serves an operation.
    async fn invoke(&self, operation: &str, event: Value) -> Outcome;

    /// Lets the device ask for what `request` says, signed, of the function that its type names.
    async fn ask(&self, device: &Device, request: Value) -> Outcome {
        let operation = request["type"].as_str().unwrap().to_owned();
        self.invoke(&operation, signed(device, request)).await
    }

    /// [`Functions::ask`] for what must be granted; the body.
    async fn granted(&self, device: &Device, request: Value) -> Value {
        let answer = self.ask(device, request).await.unwrap();
        assert_eq!(answer.status_code, 200, "{}", answer.body);
        assert_eq!(answer.content_type, "application/json");
        assert_eq!(answer.retry_after, "");
        serde_json::from_str(&answer.body).unwrap()
    }
}

/// The event of a request that the device has signed, with its id put in.
pub(crate) fn signed(device: &Device, mut request: Value) -> Value {
    request["deviceId"] = json!(device.id());
    let body = request.to_string();
    event(&device.proof(URL, body.as_bytes()), &body)
}

/// An event as the request template makes it.
pub(crate) fn event(proof: &str, body: &str) -> Value {
    let parsed: Value = serde_json::from_str(body).unwrap_or_default();
    json!({
        "type": parsed["type"].as_str().unwrap_or_default(),
        "proof": proof,
        "method": "POST",
        "host": HOST,
        "path": "/v1/qr",
        "requestId": "request-1",
        "body": body,
    })
}

/// A request for a new code.
pub(crate) fn generate(filename: &str, text: &str) -> Value {
    json!({ "type": "GENERATE", "filename": filename, "text": text })
}

/// A request that replaces whatever has the name.
pub(crate) fn replace(filename: &str, text: &str) -> Value {
    json!({ "type": "GENERATE", "filename": filename, "text": text, "replace": true })
}

/// A request for one code.
pub(crate) fn retrieve(filename: &str) -> Value {
    json!({ "type": "RETRIEVE", "filename": filename })
}

/// A request to remove one code.
pub(crate) fn delete(filename: &str) -> Value {
    json!({ "type": "DELETE", "filename": filename })
}

/// The problem in a refusal.
pub(crate) fn problem(answer: &Answer) -> Value {
    assert_eq!(
        answer.content_type, "application/problem+json",
        "{}",
        answer.body
    );
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], answer.status_code);
    problem
}
