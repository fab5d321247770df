//! The macros behind the list of calls. A room of `api` declares its calls with [`arguments`], next to the functions
//! that handle them; [`super::list`] names each of them once, and gives what all calls share.
//!
//! Neither can be forgotten: a call that is not listed does not become a [`Call`](super::Call), which its
//! [`Ask`](super::Ask) needs to compile.

/// `level room { /// doc \n name: Type { argument: type, … } -> reply; … }`: `level` is `home`, `profile`, or `both` for
/// a call of a profile that needs what the home knows, too; `room` the module of `api` with the handler, and `name` both
/// its function there and the name on the wire. Gives an arguments struct for each.
macro_rules! arguments {
    ($($level:ident $room:ident { $(
        $(#[$meta:meta])*
        $name:ident: $Call:ident { $($(#[$field_meta:meta])* $field:ident: $ty:ty),* $(,)? } -> $reply:ty;
    )* })*) => {
        $($(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(deny_unknown_fields)]
            #[ts(optional_fields = nullable)]
            pub struct $Call {
                $($(#[$field_meta])* pub $field: $ty,)*
            }

            impl $crate::api::Ask for $Call {
                type Reply = $reply;
                const INFO: $crate::api::CallInfo = $crate::api::CallInfo {
                    name: stringify!($name),
                    level: $crate::api::macros::arguments!(@level $level),
                    arguments: &[$((stringify!($field), stringify!($ty))),*],
                    reply: stringify!($reply),
                };

                async fn ask(self, caller: &$crate::api::Caller) -> Result<$reply, $crate::error::Failure> {
                    $crate::api::macros::arguments!(@run $level $room $name self caller)
                }
            }
        )*)*
    };
    (@level home) => { $crate::api::Level::Home };
    (@level profile) => { $crate::api::Level::Profile };
    (@level both) => { $crate::api::Level::Profile };
    (@run home $room:ident $name:ident $self:ident $caller:ident) => {
        $crate::api::$room::$name(&$caller.home, $self, &$caller.cancel).await
    };
    (@run profile $room:ident $name:ident $self:ident $caller:ident) => {{
        let profile = $caller.profile_for(stringify!($name))?;
        let work = $crate::api::$room::$name(profile, $self, &$caller.cancel);
        $crate::api::of_profile(profile, stringify!($name), work).await
    }};
    (@run both $room:ident $name:ident $self:ident $caller:ident) => {{
        let profile = $caller.profile_for(stringify!($name))?;
        let work = $crate::api::$room::$name((&$caller.home, profile), $self, &$caller.cancel);
        $crate::api::of_profile(profile, stringify!($name), work).await
    }};
}

/// The types of all calls, in order. Gives the one enum of the wire and what is said of every call.
macro_rules! list {
    ($($(#[$meta:meta])* $Call:ident)*) => {
        /// Every call there is, as it goes over the wire: `{"call": "job_show", "id": "…"}`.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "call", rename_all = "snake_case")]
        pub enum Call {
            $(
                #[doc = concat!("See [`", stringify!($Call), "`](super::", stringify!($Call), ").")]
                $Call(super::$Call),
            )*
        }

        /// Names and types of all calls, in the order of the list.
        pub const CALLS: &[super::CallInfo] = &[$(<super::$Call as super::Ask>::INFO,)*];

        /// Shows every call, in the order of the list.
        pub(super) fn each(see: &mut impl super::bindings::SeeCalls) {
            $(see.call::<super::$Call>();)*
        }

        impl Call {
            /// Its name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$Call(_) => <super::$Call as super::Ask>::INFO.name,)* }
            }

            pub(super) fn run(self, caller: &super::Caller) -> super::Answer<'_> {
                match self { $(Self::$Call(arguments) => super::answer(caller, arguments),)* }
            }
        }

        $(
            impl From<super::$Call> for Call {
                fn from(arguments: super::$Call) -> Self {
                    Self::$Call(arguments)
                }
            }
        )*
    };
}

pub(super) use arguments;
pub(super) use list;
