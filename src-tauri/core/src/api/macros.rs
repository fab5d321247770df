//! The macro behind the list of calls. One line of [`super::list`] becomes an arguments struct, a variant of `Call`, an
//! [`Ask`](super::Ask) implementation and a [`CallInfo`](super::CallInfo).

/// `level room { /// doc \n name: Type { argument: type, … } -> reply; … }`: `level` is `home` or `profile`, `room` the
/// module of `api` with the handler, and `name` both its function there and the name on the wire.
macro_rules! calls {
    ($($level:ident $room:ident { $(
        $(#[$meta:meta])*
        $name:ident: $Call:ident { $($(#[$field_meta:meta])* $field:ident: $ty:ty),* $(,)? } -> $reply:ty;
    )* })*) => {
        /// Every call there is, as it goes over the wire: `{"call": "job_show", "id": "…"}`.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "call", rename_all = "snake_case")]
        pub enum Call {
            $($($(#[$meta])* $Call($Call),)*)*
        }

        /// Names and types of all calls, in the order of the list.
        pub const CALLS: &[super::CallInfo] = &[$($(
            super::CallInfo {
                name: stringify!($name),
                level: calls!(@level $level),
                arguments: &[$((stringify!($field), stringify!($ty))),*],
                reply: stringify!($reply),
            },
        )*)*];

        /// Shows every call, in the order of the list.
        pub(super) fn each(see: &mut impl super::bindings::SeeCalls) {
            $($(see.call::<$Call>();)*)*
        }

        impl Call {
            /// Its name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $($(Self::$Call(_) => stringify!($name),)*)* }
            }

            pub(super) async fn run(self, caller: &super::Caller) -> Result<serde_json::Value, crate::error::Failure> {
                match self { $($(Self::$Call(arguments) => super::wire(&caller.ask(arguments).await?),)*)* }
            }
        }

        $($(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(deny_unknown_fields)]
            #[ts(optional_fields = nullable)]
            pub struct $Call {
                $($(#[$field_meta])* pub $field: $ty,)*
            }

            impl From<$Call> for Call {
                fn from(arguments: $Call) -> Self {
                    Self::$Call(arguments)
                }
            }

            impl super::Ask for $Call {
                type Reply = $reply;
                const NAME: &'static str = stringify!($name);
                const LEVEL: super::Level = calls!(@level $level);

                async fn ask(self, caller: &super::Caller) -> Result<$reply, crate::error::Failure> {
                    calls!(@run $level $room $name self caller)
                }
            }
        )*)*
    };
    (@level home) => { super::Level::Home };
    (@level profile) => { super::Level::Profile };
    (@run home $room:ident $name:ident $self:ident $caller:ident) => {
        super::$room::$name(&$caller.home, $self, &$caller.cancel).await
    };
    (@run profile $room:ident $name:ident $self:ident $caller:ident) => {{
        let profile = $caller.profile_for(stringify!($name))?;
        let work = async {
            tracing::debug!(call = stringify!($name), "call");
            super::$room::$name(profile, $self, &$caller.cancel).await
        };
        tracing::Instrument::instrument(work, profile.span()).await
    }};
}

pub(super) use calls;
