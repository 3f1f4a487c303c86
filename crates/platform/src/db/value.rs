//! Values on their way into a statement and out of a row, the same for both engines.

use std::error::Error as StdError;

use bytes::BytesMut;
use kernel::{Currency, Error, Language, Result, Timestamp};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut as PgBytes, to_sql_checked};
use uuid::Uuid;

/// A value bound to a statement.
#[derive(Debug)]
pub enum Val<'a> {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Uuid(Uuid),
    Text(&'a str),
    Owned(String),
    Bytes(&'a [u8]),
}

/// What can be bound to `$1`.
pub trait Bind: Send + Sync {
    fn val(&self) -> Val<'_>;
}

/// What can be read from a column.
pub trait Get: Sized {
    /// Errors: `Broken` when the column holds another type.
    fn get(cell: Val<'_>) -> Result<Self>;
}

fn mismatch<T>(cell: &Val<'_>) -> Error {
    Error::broken(format!("column holds {cell:?}, expected {}", std::any::type_name::<T>()))
}

macro_rules! plain {
    ($($type:ty, $value:ident => $bind:expr, $($cell:pat => $read:expr),+;)*) => {$(
        impl Bind for $type {
            fn val(&self) -> Val<'_> { let $value = self; $bind }
        }
        impl Get for $type {
            fn get(cell: Val<'_>) -> Result<Self> {
                match cell { $($cell => Ok($read),)+ other => Err(mismatch::<$type>(&other)) }
            }
        }
    )*};
}

plain! {
    i64, v => Val::Int(*v), Val::Int(n) => n;
    f64, v => Val::Real(*v), Val::Real(n) => n, Val::Int(n) => n as f64;
    bool, v => Val::Bool(*v), Val::Bool(b) => b, Val::Int(n) => n != 0;
    Uuid, v => Val::Uuid(*v), Val::Uuid(id) => id;
    String, v => Val::Text(v), Val::Text(t) => t.to_owned(), Val::Owned(t) => t;
    Vec<u8>, v => Val::Bytes(v), Val::Bytes(b) => b.to_vec(), Val::Uuid(id) => id.as_bytes().to_vec();
    Timestamp, v => Val::Int(v.micros()), Val::Int(n) => Timestamp::from_micros(n);
    Currency, v => Val::Text(v.code()), Val::Text(t) => t.parse().map_err(|_| mismatch::<Currency>(&Val::Text(t)))?;
    Language, v => Val::Text(v.code()), Val::Text(t) => Language::from_tag(t).ok_or_else(|| mismatch::<Language>(&Val::Text(t)))?;
}

impl Bind for &str {
    fn val(&self) -> Val<'_> {
        Val::Text(self)
    }
}
impl<T: Bind> Bind for &T {
    fn val(&self) -> Val<'_> {
        (**self).val()
    }
}
impl<T: Bind> Bind for Option<T> {
    fn val(&self) -> Val<'_> {
        self.as_ref().map_or(Val::Null, Bind::val)
    }
}
impl<T: Get> Get for Option<T> {
    fn get(cell: Val<'_>) -> Result<Self> {
        match cell {
            Val::Null => Ok(None),
            cell => T::get(cell).map(Some),
        }
    }
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl Bind for kernel::$id {
            fn val(&self) -> Val<'_> { Val::Uuid((*self).into()) }
        }
        impl Get for kernel::$id {
            fn get(cell: Val<'_>) -> Result<Self> { Uuid::get(cell).map(Self::from) }
        }
    )*};
}

ids! {
    ShopId PersonId MemberId RoleId DepartmentId ScheduleId TokenId SessionId InvitationId CustomerId IdentityId VisitorId
    NoteId CustomerTagId AttributeId ConsentId ImportId ConversationId MessageId FileId TagId OrderId ProductId ActionId AccountId EntryId GiftCardId MacroId KeyId ConnectionId MailboxId LetterId LineId ArrivalId PhoneLineId CallId
    EventId JobId MailId
}

/// A column that holds JSON as text, opaque to SQL.
#[derive(Debug, Clone, PartialEq)]
pub struct Json<T>(pub T);

impl<T: serde::Serialize + Send + Sync> Bind for Json<T> {
    fn val(&self) -> Val<'_> {
        // a type that cannot be serialised is a bug its first test shows; NULL in a NOT NULL column then fails loudly
        serde_json::to_string(&self.0).map_or(Val::Null, Val::Owned)
    }
}
impl<T: serde::de::DeserializeOwned> Get for Json<T> {
    fn get(cell: Val<'_>) -> Result<Self> {
        serde_json::from_str(&String::get(cell)?).map(Json).map_err(Error::broken)
    }
}

impl Val<'_> {
    pub(super) fn sqlite(&self) -> rusqlite::types::ToSqlOutput<'_> {
        use rusqlite::types::{ToSqlOutput, Value, ValueRef};
        match self {
            Val::Null => ToSqlOutput::Owned(Value::Null),
            Val::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Val::Real(n) => ToSqlOutput::Owned(Value::Real(*n)),
            Val::Bool(b) => ToSqlOutput::Owned(Value::Integer(i64::from(*b))),
            Val::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Val::Text(t) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            Val::Owned(t) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            Val::Bytes(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
        }
    }
}

impl ToSql for Val<'_> {
    fn to_sql(&self, ty: &Type, out: &mut PgBytes) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        let out: &mut BytesMut = out;
        match self {
            Val::Null => Ok(IsNull::Yes),
            // a literal beside it can make PostgreSQL infer a narrower number
            Val::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Val::Int(n) if *ty == Type::INT2 => i16::try_from(*n)?.to_sql(ty, out),
            Val::Int(n) if *ty == Type::FLOAT8 => (*n as f64).to_sql(ty, out),
            Val::Int(n) => n.to_sql(&Type::INT8, out),
            Val::Real(n) => n.to_sql(&Type::FLOAT8, out),
            Val::Bool(b) => b.to_sql(&Type::BOOL, out),
            Val::Uuid(id) => id.to_sql(&Type::UUID, out),
            Val::Text(t) => t.to_sql(&Type::TEXT, out),
            Val::Owned(t) => t.to_sql(&Type::TEXT, out),
            Val::Bytes(b) => b.to_sql(&Type::BYTEA, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

/// A row that was read, owned by whoever asked for it.
pub enum Row {
    Sqlite(Vec<rusqlite::types::Value>),
    Postgres(tokio_postgres::Row),
}

impl Row {
    /// The value in column `at`, counted from 0.
    pub fn get<T: Get>(&self, at: usize) -> Result<T> {
        T::get(self.cell(at)?)
    }

    /// Reads the columns one after another, in the order the statement names them.
    pub fn columns(&self) -> Columns<'_> {
        Columns { row: self, at: 0 }
    }

    fn cell(&self, at: usize) -> Result<Val<'_>> {
        match self {
            Row::Sqlite(values) => {
                use rusqlite::types::Value;
                Ok(match values.get(at).ok_or_else(|| Error::broken(format!("no column {at}")))? {
                    Value::Null => Val::Null,
                    Value::Integer(n) => Val::Int(*n),
                    Value::Real(n) => Val::Real(*n),
                    Value::Text(t) => Val::Text(t),
                    Value::Blob(b) => Uuid::from_slice(b).map_or(Val::Bytes(b), Val::Uuid),
                })
            }
            Row::Postgres(row) => {
                let ty = row.columns().get(at).ok_or_else(|| Error::broken(format!("no column {at}")))?.type_();
                let cell = match *ty {
                    Type::INT8 => row.try_get::<_, Option<i64>>(at).map(|v| v.map(Val::Int)),
                    Type::INT4 => row.try_get::<_, Option<i32>>(at).map(|v| v.map(|n| Val::Int(n.into()))),
                    Type::FLOAT8 => row.try_get::<_, Option<f64>>(at).map(|v| v.map(Val::Real)),
                    Type::FLOAT4 => row.try_get::<_, Option<f32>>(at).map(|v| v.map(|n| Val::Real(n.into()))),
                    Type::BOOL => row.try_get::<_, Option<bool>>(at).map(|v| v.map(Val::Bool)),
                    Type::UUID => row.try_get::<_, Option<Uuid>>(at).map(|v| v.map(Val::Uuid)),
                    Type::BYTEA => row.try_get::<_, Option<&[u8]>>(at).map(|v| v.map(Val::Bytes)),
                    _ => row.try_get::<_, Option<&str>>(at).map(|v| v.map(Val::Text)),
                };
                Ok(cell.map_err(Error::broken)?.unwrap_or(Val::Null))
            }
        }
    }
}

/// The columns of a row, read one after another.
pub struct Columns<'a> {
    row: &'a Row,
    at: usize,
}

impl Columns<'_> {
    /// The next column.
    pub fn take<T: Get>(&mut self) -> Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }
}

/// An enum whose variants are stored, sent and shown by a fixed key.
///
/// ```ignore
/// platform::keyed! { pub enum Priority { Low = "low", Normal = "normal" } }
/// ```
#[macro_export]
macro_rules! keyed {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::serde::Serialize, $crate::serde::Deserialize)]
        #[serde(crate = "platform::serde")]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $key)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const fn key(self) -> &'static str { match self { $($name::$variant => $key),+ } }
            pub fn from_key(key: &str) -> Option<Self> { match key { $($key => Some($name::$variant),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.key()) }
        }
        // by hand: the derive does not see a name that comes out of a macro
        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::schema::Schema> {
                use $crate::utoipa::openapi::schema::{ObjectBuilder, Type};
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some([$($key),+])).into()
            }
        }
        impl $crate::utoipa::ToSchema for $name {}
        impl $crate::db::Bind for $name {
            fn val(&self) -> $crate::db::Val<'_> { $crate::db::Val::Text(self.key()) }
        }
        impl $crate::db::Get for $name {
            fn get(cell: $crate::db::Val<'_>) -> $crate::kernel::Result<Self> {
                let key = <String as $crate::db::Get>::get(cell)?;
                Self::from_key(&key).ok_or_else(|| $crate::kernel::Error::broken(format!("{key:?} is no {}", stringify!($name))))
            }
        }
    };
}
