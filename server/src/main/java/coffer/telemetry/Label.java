package coffer.telemetry;

/// What tells one series of a metric from another: `type="auth"`.
public record Label(String name, String value) {}
