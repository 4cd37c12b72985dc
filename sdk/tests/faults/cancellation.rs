//! Dropping the future of a call gives the call up, and harms no other.

use qrgen_sdk::{DeleteRequest, QrClientConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::support::client;

async fn read_request(stream: &mut TcpStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        assert_ne!(
            stream.read_buf(&mut request).await.unwrap(),
            0,
            "a whole request"
        );
    }
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection_and_the_next_call_works() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (arrived, request_arrived) = oneshot::channel();
    let server = tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.unwrap();
        read_request(&mut first).await;
        arrived.send(()).unwrap();
        // No answer: the connection stays open until the client closes it.
        let after_the_request = first.read(&mut [0; 1]).await.unwrap_or(0);
        let (mut second, _) = listener.accept().await.unwrap();
        read_request(&mut second).await;
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{\"deleted\":true}";
        second.write_all(answer).await.unwrap();
        after_the_request
    });

    let client = client(QrClientConfig::new(endpoint));
    let call = {
        let client = client.clone();
        tokio::spawn(async move { client.delete(DeleteRequest::new("menu")).await })
    };
    request_arrived.await.unwrap();
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());

    assert!(client.delete(DeleteRequest::new("menu")).await.unwrap());
    assert_eq!(
        server.await.unwrap(),
        0,
        "the service sees the end of the first connection"
    );
}
