//! Every call, once: the types of their arguments, by the room that declares and handles them.

use super::macros::list;

list! {
    // profiles
    ProfileList
    ProfileCreate
    ProfileRename
    ProfileColour
    ProfileUse
    ProfileDelete
    ProfileAudit
    ProfileBackups
    ProfileRestore
    ProfileBackup
    // archives
    ProfileExport
    ArchiveLook
    ProfileImport
    TransferShow
    TransferStop
    // settings
    AppSettingsShow
    AppSettingsSet
    // looks
    PlatformList
    StyleList
    FontList
    ScriptRead
    // machine
    Doctor
    Diagnostics
    DemoProject
    // sources
    SourceAdd
    SourceList
    SourceShow
    SourceTag
    SourceFraming
    SourceRemove
    SourcePage
    SourceTags
    SourceTrash
    SourceRestore
    SourceErase
    SourceRelink
    ShotFraming
    // projects
    ProjectList
    ProjectShow
    ProjectCreate
    ProjectUpdate
    ProjectSources
    ProjectRemove
    ProjectRestore
    // scripts
    ScriptAdd
    ScriptSet
    PinSet
    PinRemove
    CaptionEditsShow
    CaptionEditsSet
    SoundAdd
    ScriptRename
    ScriptRemove
    ScriptRestore
    ScriptTags
    ScriptRecording
    // variants
    Generate
    BatchShow
    ProjectVariants
    RenderVariants
    ShotCandidates
    VariantCaptions
    // voices
    VoiceList
    VoiceSay
    VoiceChainShow
    VoiceChainSet
    SpeechPlan
    PronunciationShow
    PronunciationSet
    // installed
    VoiceCatalogShow
    VoiceInstall
    VoiceImport
    VoiceInstallStop
    VoiceRemove
    // brands
    BrandShow
    BrandSet
    // clips
    ClipList
    ClipShow
    ClipExport
    ClipRerender
    ClipRemove
    ClipPage
    ClipTriage
    ClipCounts
    ClipTrash
    ClipRestore
    ClipErase
    ClipRefit
    ClipRegenerate
    // jobs
    JobList
    JobBatch
    JobShow
    JobCancel
    JobPause
    JobResume
    JobRetry
    JobFirst
    JobMove
    JobRetryFailed
    JobCommands
    JobCounts
    // credentials
    SecretFileShow
    SecretFileUnlock
    CredentialList
    CredentialSet
    CredentialRemove
    CredentialTest
    // budget
    QuotaShow
    QuotaSet
    QuotaShare
    QuotaWarn
    QuotaAcknowledge
    CostList
    CostSummary
    CostExport
    CostReconcile
    PriceList
    PriceSet
    // storage
    StorageShow
    CacheClear
    BackupKeepShow
    BackupKeepSet
    // sync
    SyncShow
    SyncHolds
    SyncSignIn
    SyncSignOut
    SyncProfiles
    SyncLink
    SyncNow
    SyncRetry
    SyncUnlink
    SyncErase
    SyncMedia
    SyncMissing
    SyncFetch
    // publish
    PublishShow
    PublishSet
    PublishGroups
    PublishGroup
    PublishRefresh
    PublishAccount
    PublishAccountSettings
    PublishDefaults
    PublishTimes
    PublishOriginality
    PublishPropose
    PublishStart
    PublicationList
    PublicationShow
    PublicationMove
    PublicationCancel
    PublicationRetry
    PublicationCheck
}
