/**
 * A key and a certificate for 127.0.0.1 that only tests know and nothing trusts. Made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj "/CN=Task Exports test"
 * -addext "subjectAltName=IP:127.0.0.1,DNS:localhost"`.
 */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg553Kz8IFd8ghdVcj
VQ15T6N5Kod0bNOIfbydl/53a9mhRANCAAQus+24l7h3sFdCscgYZPoVKMqB771J
tHuFjHBnjCjH5OOiNX5Gnf1rAIKeERbhFmJk4e+KMUtHd30QXX9VPd7r
-----END PRIVATE KEY-----`;

export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBqzCCAVGgAwIBAgIUV7KTI2WyNjp1qC291NcMTvlsenEwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRVGFzayBFeHBvcnRzIHRlc3QwIBcNMjYxMTIzMDM1MDU5WhgP
MjEyNjEwMzAwMzUwNTlaMBwxGjAYBgNVBAMMEVRhc2sgRXhwb3J0cyB0ZXN0MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAELrPtuJe4d7BXQrHIGGT6FSjKge+9SbR7
hYxwZ4wox+TjojV+Rp39awCCnhEW4RZiZOHvijFLR3d9EF1/VT3e66NvMG0wHQYD
VR0OBBYEFMmAKQ1TQTqYv9Xl7uBcyqarv1i0MB8GA1UdIwQYMBaAFMmAKQ1TQTqY
v9Xl7uBcyqarv1i0MA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYcEfwAAAYIJ
bG9jYWxob3N0MAoGCCqGSM49BAMCA0gAMEUCIQDub8MhcdXj5mJFC/PYgQPsSpuE
9c3Jeag2HczCEyNV2wIgVgtl3uehsOSYZf4bzXRmnXc35QTCGE46DKiNi2CD0Qc=
-----END CERTIFICATE-----`;
