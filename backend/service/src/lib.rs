//! The three operations GENERATE, RETRIEVE and DELETE over an object store.
