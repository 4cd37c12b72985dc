//! DELETE: whether it was there, told truly.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_code_is_deleted_once() {
    for house in House::each().await {
        assert_eq!(
            house.delete("menu").await.body,
            json!({"deleted": false}),
            "{house:?}"
        );
        for _ in 0..2 {
            assert_eq!(
                house.generate("menu", "text").await.body["status"],
                "created",
                "{house:?}"
            );
            assert_eq!(
                house.delete("menu").await.body,
                json!({"deleted": true}),
                "{house:?}"
            );
            assert_eq!(
                house.delete("menu").await.body,
                json!({"deleted": false}),
                "{house:?}"
            );
            assert_eq!(house.names().await, [""; 0]);
        }
    }
}

/// S3 is asked for the first key that begins with this one: it must not take another for it.
#[tokio::test]
async fn only_the_very_name_is_deleted() {
    for house in House::each().await {
        for name in ["menu", "menu.pngx", "menu 2", "men"] {
            house.generate(name, "text").await;
        }
        assert_eq!(
            house.delete("menu").await.body,
            json!({"deleted": true}),
            "{house:?}"
        );
        assert_eq!(
            house.delete("menu").await.body,
            json!({"deleted": false}),
            "{house:?}"
        );
        assert_eq!(
            house.delete("Men").await.body,
            json!({"deleted": false}),
            "{house:?}"
        );
        assert_eq!(
            house.names().await,
            ["men", "menu 2", "menu.pngx"],
            "{house:?}"
        );
    }
}
